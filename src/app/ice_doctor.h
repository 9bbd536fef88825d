// SPDX-License-Identifier: Apache-2.0
// Tries each [[ice_server]] as a session would use it, and looks at the network on the way there.
#pragma once

#include "app/ice_facts.h"
#include "config/settings.h"
#include "glib/main_context.h"

namespace fanlight::app {

/// Takes up to four seconds for each address of a server that does not answer, and fifteen for a service. Main thread
/// of a program that has nothing else to do.
IceFacts lookAtIce(const glib::MainContext& context, const std::vector<config::IceServer>& settings);

}  // namespace fanlight::app
