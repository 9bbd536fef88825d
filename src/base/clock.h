// SPDX-License-Identifier: Apache-2.0
// The monotonic clock as a port: boards have no clock battery, so nothing inside measures with wall time.
#pragma once

#include <chrono>

namespace fanlight::base {

using Duration = std::chrono::nanoseconds;
using TimePoint = std::chrono::time_point<std::chrono::steady_clock, Duration>;

/// Where code that judges time gets it from; tests put their own clock here.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
};

/// CLOCK_MONOTONIC.
class SteadyClock final : public Clock {
 public:
  TimePoint now() const override { return std::chrono::steady_clock::now(); }
};

}  // namespace fanlight::base
