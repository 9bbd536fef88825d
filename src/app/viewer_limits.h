// SPDX-License-Identifier: Apache-2.0
// What a configuration says of how many may watch. Main thread.
#pragma once

#include <optional>

#include "config/settings.h"
#include "session/registry.h"

namespace fanlight::app {

/// What viewers take of the device, and it may not have for all of them.
struct ViewerMeans {
  std::optional<int> tasks;  ///< the threads that the service may have, as health::taskLimit() says
  base::PortRange ports;     ///< of [ice], as they were when the process started
};

/// A viewer that there are no threads for would end the process, and with it all others; one that there is no port for
/// would wait for nothing: as many as there are means for are let in.
session::Limits toLimits(const config::Limits& settings, const ViewerMeans& means);

/// Logs a warning where they are too few.
void checkMeans(const config::Limits& settings, const ViewerMeans& means);

}  // namespace fanlight::app
