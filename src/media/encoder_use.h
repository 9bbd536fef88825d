// SPDX-License-Identifier: Apache-2.0
// What makes H.264 of a camera's pictures, and what that takes.
#pragma once

#include <cmath>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "board/encoders.h"

namespace fanlight::media {

struct EncoderUse {
  const board::EncoderKind* kind = nullptr;  ///< null: nothing; the source's own H.264 is passed through
  /// Of one core, as last measured, also in an earlier run: the threads that convert the pictures, encode them and copy
  /// them to the viewers. None of a hardware encoder, whose driver's part nobody tells.
  std::optional<int> corePercent;
};

/// Two looks at a clock of CPU time.
class EncoderMeter {
 public:
  /// CPU time that was taken up to `now`. Gives per cent of a core since the last look, from the second one on.
  std::optional<int> look(base::Duration taken, base::TimePoint now) {
    const auto last = std::exchange(last_, Look{taken, now});
    if (!last || now <= last->at || taken < last->taken)
      return std::nullopt;
    const std::chrono::duration<double> busy = taken - last->taken;
    return static_cast<int>(std::lround(100 * busy / std::chrono::duration<double>(now - last->at)));
  }

 private:
  struct Look {
    base::Duration taken;
    base::TimePoint at;
  };
  std::optional<Look> last_;
};

}  // namespace fanlight::media
