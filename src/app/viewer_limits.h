// SPDX-License-Identifier: Apache-2.0
// What a configuration says of how many may watch. Main thread.
#pragma once

#include "config/settings.h"
#include "session/registry.h"

namespace fanlight::app {

session::Limits toLimits(const config::Limits& settings);

/// Logs a warning where the service is not given the threads for as many.
void checkTasks(const config::Limits& settings);

}  // namespace fanlight::app
