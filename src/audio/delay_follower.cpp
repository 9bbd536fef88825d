// SPDX-License-Identifier: Apache-2.0
// A phase-locked loop of second order: it has no lasting error while the drift stays as it is.
#include "audio/delay_follower.h"

#include <algorithm>
#include <cmath>

namespace fanlight::audio {
namespace {

/// As far off is no drift but another delay: a device corrected its clock, or somebody moved. Less is not worth what a
/// jump costs the canceller.
constexpr double kJump = 8;
/// One look that took a wall for the echo shall not pull it away; ms.
constexpr double kMostOff = 0.2;
/// A second: settled after 20, without overshooting.
constexpr double kTowards = 0.3;
constexpr double kLearn = 0.02;
/// Of two sound devices, ms a second: 300 millionths.
constexpr double kMostDrift = 0.3;
/// Without a look it goes on like that, for so long.
constexpr double kMostSeconds = 30;

double secondsBetween(GstClockTime from, GstClockTime to) {
  return to > from ? std::min(static_cast<double>(to - from) / GST_SECOND, kMostSeconds) : 0;
}

}  // namespace

double DelayFollower::Course::delayAt(GstClockTime time) const {
  return delay + drift * secondsBetween(at, time);
}

std::optional<double> DelayFollower::found(double delay, GstClockTime at) {
  const double seconds = std::min(secondsBetween(course_.at, at), 1.0);
  const double expected = course_.delayAt(at);
  const double off = delay - expected;
  course_.at = at;
  if (std::abs(off) > kJump) {
    course_.delay = delay;
    ++course_.jumps;
    return off;
  }
  const double believed = std::clamp(off, -kMostOff, kMostOff);
  course_.delay = expected + kTowards * seconds * believed;
  course_.drift = std::clamp(course_.drift + kLearn * seconds * believed, -kMostDrift, kMostDrift);
  return std::nullopt;
}

void DelayFollower::restart() {
  course_.drift = 0;
}

}  // namespace fanlight::audio
