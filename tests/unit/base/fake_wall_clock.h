// SPDX-License-Identifier: Apache-2.0
// A clock on the wall that stands still until it is set, or was never set.
#pragma once

#include "base/wall_clock.h"

namespace fanlight::test {

class FakeWallClock final : public base::WallClock {
 public:
  std::optional<std::chrono::sys_seconds> time = base::kEarliestTime + std::chrono::hours(1000);

  std::optional<std::chrono::sys_seconds> now() const override { return time; }
  void advance(std::chrono::seconds by) { *time += by; }
};

}  // namespace fanlight::test
