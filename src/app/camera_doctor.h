// SPDX-License-Identifier: Apache-2.0
// The doctor's look at each camera where no daemon serves them.
#pragma once

#include <vector>

#include "config/settings.h"
#include "glib/main_context.h"
#include "session/finding.h"

namespace fanlight::app {

/// Those of the settings; without any, those that are found. Takes up to 15 seconds for each.
session::Findings lookAtCameras(const glib::MainContext& context, const std::vector<config::Camera>& settings);

}  // namespace fanlight::app
