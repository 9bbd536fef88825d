// SPDX-License-Identifier: Apache-2.0
// What time it is for people, and whether the device knows it: boards have no clock battery. Any thread.
#pragma once

#include <chrono>
#include <optional>

namespace fanlight::base {

/// No clock that is right says an earlier time than this, when the code that asks was not written.
inline constexpr std::chrono::sys_seconds kEarliestTime = std::chrono::sys_days(std::chrono::year(2026) / 11 / 1);

class WallClock {
 public:
  virtual ~WallClock() = default;
  /// None: the clock has not been set since the board started.
  virtual std::optional<std::chrono::sys_seconds> now() const = 0;
};

/// CLOCK_REALTIME.
class SystemClock final : public WallClock {
 public:
  std::optional<std::chrono::sys_seconds> now() const override {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return now < kEarliestTime ? std::nullopt : std::optional(now);
  }
};

}  // namespace fanlight::base
