// SPDX-License-Identifier: Apache-2.0
// Which presses of a button ring. Main thread. No timers: isStuck() is asked.
#pragma once

#include <optional>

#include "base/clock.h"

namespace fanlight::doorbell {

/// Who rings is told of at most this often, however fast a button is pressed, or chatters.
inline constexpr base::Duration kRingPause = std::chrono::seconds(5);
/// Nobody presses longer.
inline constexpr base::Duration kStuckAfter = std::chrono::seconds(30);

class Presses {
 public:
  /// Whether it rings.
  bool press(base::TimePoint now) {
    // What repeats while it is held is no press.
    if (pressed_)
      return false;
    pressed_ = now;
    if (rang_ && now - *rang_ < kRingPause)
      return false;
    rang_ = now;
    return true;
  }
  void release() { pressed_.reset(); }

  bool isStuck(base::TimePoint now) const { return pressed_ && now - *pressed_ >= kStuckAfter; }

 private:
  std::optional<base::TimePoint> pressed_;  ///< since then
  std::optional<base::TimePoint> rang_;     ///< for the last time
};

}  // namespace fanlight::doorbell
