// SPDX-License-Identifier: Apache-2.0
// A machine that was suspended counts as set forward: its monotonic clock stood still.
#include "health/clock_steps.h"

#include <cstdlib>
#include <utility>

namespace fanlight::health {

std::optional<base::Duration> ClockSteps::look(WallTime wall, base::TimePoint now) {
  const base::Duration offset = wall.time_since_epoch() - now.time_since_epoch();
  const auto before = std::exchange(offset_, offset);
  if (!before)
    return std::nullopt;
  const base::Duration step = offset - *before;
  return std::chrono::abs(step) < kLeast ? std::nullopt : std::optional(step);
}

}  // namespace fanlight::health
