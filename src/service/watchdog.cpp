// SPDX-License-Identifier: Apache-2.0
// One that tells whatever happens would be worse than none: it would keep alive what hangs.
#include "service/watchdog.h"

#include <utility>

#include "base/log.h"

namespace fanlight::service {
namespace {

constexpr int kTicksUntilReported = 2;

}  // namespace

Watchdog::Watchdog(const base::Clock& clock, std::optional<base::Duration> timeout, std::function<void()> tell)
    : clock_(clock), timeout_(timeout), tell_(std::move(tell)) {}

void Watchdog::watch(Check check) {
  checks_.push_back(std::move(check));
}

void Watchdog::tick() {
  const base::TimePoint now = clock_.now();
  if (!timeout_ || (toldAt_ && now - *toldAt_ < *timeout_ / 3))
    return;
  if (const auto obstacle = findObstacle())
    return onObstacle(*obstacle);
  onProgress();
  toldAt_ = now;
  tell_();
}

std::optional<std::string> Watchdog::findObstacle() const {
  for (const Check& check : checks_)
    if (auto found = check())
      return found;
  return std::nullopt;
}

// A process that was stopped and goes on may find everything late, once. Which thing stands in the way may change from
// tick to tick; that something does is the news.
void Watchdog::onObstacle(const std::string& obstacle) {
  if (++ticksInVain_ != kTicksUntilReported)
    return;
  obstacle_ = obstacle;
  base::logError("fanlight", "{}; the watchdog is not told that this process is well, and will start it anew",
                 obstacle);
}

void Watchdog::onProgress() {
  if (ticksInVain_ >= kTicksUntilReported)
    base::logInfo("fanlight", "what held up the watchdog is over: {}", obstacle_);
  ticksInVain_ = 0;
}

}  // namespace fanlight::service
