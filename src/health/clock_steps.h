// SPDX-License-Identifier: Apache-2.0
// Notices when somebody sets the wall clock. Nothing inside measures with it, but certificates and links that end are
// judged by it, and a log is hard to read across such a step. Main thread.
#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"

namespace fanlight::health {

class ClockSteps {
 public:
  using WallTime = std::chrono::sys_time<base::Duration>;

  /// Less is what a time service does all the time.
  static constexpr base::Duration kLeast = std::chrono::seconds(10);

  /// By how much the wall clock has been set since the last call; none: it was not, or this is the first.
  std::optional<base::Duration> look(WallTime wall, base::TimePoint now);

 private:
  std::optional<base::Duration> offset_;  ///< of the wall clock from the monotonic one
};

}  // namespace fanlight::health
