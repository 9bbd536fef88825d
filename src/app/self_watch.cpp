// SPDX-License-Identifier: Apache-2.0
#include "app/self_watch.h"

#include <utility>

#include <fmt/format.h>

#include "base/log.h"

namespace fanlight::app {
namespace {

/// The slowest that was seen to return, on a small board, took five.
constexpr base::Duration kStuckPatience = std::chrono::seconds(20);

}  // namespace

void SelfWatch::tellStuck(const Workers& workers) {
  for (const gst::Worker* worker : workers)
    tell(*worker);
}

void SelfWatch::tell(const gst::Worker& worker) {
  const bool isStuck = worker.isStuck();
  if (!isStuck && stuck_.erase(worker.name()) > 0)
    base::logEvent(base::LogLevel::Info, "fanlight", {{"EVENT", "worker-back"}, {"WORKER", worker.name()}},
                   "the state change on '{}' has returned", worker.name());
  if (isStuck && stuck_.insert(worker.name()).second)
    base::logEvent(base::LogLevel::Error, "fanlight", {{"EVENT", "worker-stuck"}, {"WORKER", worker.name()}},
                   "a state change on '{}' has not returned for {} s; what it serves is held up", worker.name(),
                   std::chrono::duration_cast<std::chrono::seconds>(gst::kStuckAfter).count());
}

bool SelfWatch::mustLeave(const Workers& workers, std::vector<service::Fault> faults) {
  for (const gst::Worker* worker : workers)
    if (const auto busy = worker->busyFor())
      faults.push_back({worker->name(), fmt::format("a state change on '{}' has not returned", worker->name()), *busy,
                        kStuckPatience});
  return lastResort_.mustLeave(faults);
}

}  // namespace fanlight::app
