// SPDX-License-Identifier: Apache-2.0
// Clocks that tests move. Any thread.
#pragma once

#include <atomic>

#include "base/clock.h"

namespace fanlight::test {

/// Stands still until told to go on.
class SteeredClock final : public base::Clock {
 public:
  base::TimePoint now() const override { return now_; }
  void advance(base::Duration by) { now_ = now_.load() + by; }

 private:
  std::atomic<base::TimePoint> now_ = base::TimePoint(std::chrono::hours(1));
};

/// Runs, and jumps ahead when told to: what is really awaited happens in between.
class ShiftedClock final : public base::Clock {
 public:
  base::TimePoint now() const override { return std::chrono::steady_clock::now() + shift_.load(); }
  void jump(base::Duration by) { shift_ = shift_.load() + by; }

 private:
  std::atomic<base::Duration> shift_ = base::Duration{};
};

}  // namespace fanlight::test
