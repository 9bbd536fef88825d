// SPDX-License-Identifier: Apache-2.0
// Says that the process is alive for as long as what was named makes progress, so that one that hangs is killed and
// started again. Main thread, whose own progress each tick() shows.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace fanlight::service {

class Watchdog {
 public:
  /// What makes no progress, for the log; none where all does.
  using Check = std::function<std::optional<std::string>()>;

  /// `timeout`: of whoever waits to be told; none, and nobody does. `tell`: called three times in each.
  Watchdog(const base::Clock& clock, std::optional<base::Duration> timeout, std::function<void()> tell);

  /// Asked whenever it is time to tell. What heals itself must not be named here while it does.
  void watch(Check check);
  /// To be called several times in each timeout.
  void tick();

 private:
  std::optional<std::string> findObstacle() const;
  void onObstacle(const std::string& obstacle);
  void onProgress();

  const base::Clock& clock_;
  const std::optional<base::Duration> timeout_;
  const std::function<void()> tell_;
  std::vector<Check> checks_;
  std::optional<base::TimePoint> toldAt_;
  int ticksInVain_ = 0;
  std::string obstacle_;  ///< the one that was reported
};

}  // namespace fanlight::service
