// SPDX-License-Identifier: Apache-2.0
#include "app/viewer_limits.h"

#include <algorithm>

#include "base/log.h"
#include "health/tasks.h"

namespace fanlight::app {

session::Limits toLimits(const config::Limits& settings, std::optional<int> taskLimit) {
  session::Limits limits;
  limits.viewers = taskLimit ? std::min(settings.viewers, health::viewersWithin(*taskLimit)) : settings.viewers;
  limits.viewersPerCamera = settings.viewersPerCamera;
  limits.viewersPerSource = settings.viewersPerSource;
  return limits;
}

void checkTasks(const config::Limits& settings, std::optional<int> taskLimit) {
  if (const auto advice = taskLimit ? health::adviceOnTasks(*taskLimit, settings.viewers) : std::nullopt)
    base::logWarning("config", "{}", *advice);
}

}  // namespace fanlight::app
