// SPDX-License-Identifier: Apache-2.0
#include "app/viewer_limits.h"

#include "base/log.h"
#include "health/tasks.h"

namespace fanlight::app {

session::Limits toLimits(const config::Limits& settings) {
  session::Limits limits;
  limits.viewers = settings.viewers;
  limits.viewersPerCamera = settings.viewersPerCamera;
  limits.viewersPerSource = settings.viewersPerSource;
  return limits;
}

void checkTasks(const config::Limits& settings) {
  const auto limit = health::taskLimit();
  if (const auto advice = limit ? health::adviceOnTasks(*limit, settings.viewers) : std::nullopt)
    base::logWarning("config", "{}", *advice);
}

}  // namespace fanlight::app
