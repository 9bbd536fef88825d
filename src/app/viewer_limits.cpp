// SPDX-License-Identifier: Apache-2.0
#include "app/viewer_limits.h"

#include <algorithm>
#include <limits>

#include "base/log.h"
#include "health/tasks.h"

namespace fanlight::app {
namespace {

/// A session takes one port at each of the device's addresses, and keeps it until it is quite gone: a quarter is for
/// those that are being replaced.
int viewersWithin(const base::PortRange& ports) {
  return ports == base::PortRange{} ? std::numeric_limits<int>::max() : (ports.last - ports.first + 1) * 3 / 4;
}

}  // namespace

session::Limits toLimits(const config::Limits& settings, const ViewerMeans& means) {
  session::Limits limits;
  limits.viewers = std::min(settings.viewers, viewersWithin(means.ports));
  if (means.tasks)
    limits.viewers = std::min(limits.viewers, health::viewersWithin(*means.tasks));
  limits.viewersPerCamera = settings.viewersPerCamera;
  limits.viewersPerSource = settings.viewersPerSource;
  return limits;
}

void checkMeans(const config::Limits& settings, const ViewerMeans& means) {
  if (const auto advice = means.tasks ? health::adviceOnTasks(*means.tasks, settings.viewers) : std::nullopt)
    base::logWarning("config", "{}", *advice);
  if (const int enough = viewersWithin(means.ports); enough < settings.viewers)
    base::logWarning(
        "config",
        "'ports = \"{}-{}\"' in [ice] are enough for {} viewers and not for 'viewers = {}': no more are let "
        "in; set {} ports, or fewer viewers",
        means.ports.first, means.ports.last, enough, settings.viewers, (settings.viewers * 4 + 2) / 3);
}

}  // namespace fanlight::app
