// SPDX-License-Identifier: Apache-2.0
// What a configuration says of how many may watch. Main thread.
#pragma once

#include <optional>

#include "config/settings.h"
#include "session/registry.h"

namespace fanlight::app {

/// `taskLimit`: the threads that the service may have, as health::taskLimit() says. A viewer that it has no threads for
/// would end the process, and with it all others: as many as there are threads for are let in.
session::Limits toLimits(const config::Limits& settings, std::optional<int> taskLimit);

/// Logs a warning where they are too few.
void checkTasks(const config::Limits& settings, std::optional<int> taskLimit);

}  // namespace fanlight::app
