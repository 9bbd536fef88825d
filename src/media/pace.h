// SPDX-License-Identifier: Apache-2.0
// How much less than it was set up for a camera gives while its board is to be spared. Any thread.
#pragma once

#include <array>
#include <cmath>

#include "base/values.h"

namespace fanlight::media {

/// So many of its pictures a second, and so much of its bitrate: each picture has about as many bits as before.
struct Pace {
  int numerator = 1;
  int denominator = 1;
  bool operator==(const Pace&) const = default;
  bool isFull() const { return *this == Pace(); }
};

/// The first is full. An encoder's work goes with the number of its pictures. Of 30 a second they leave 20, which is
/// hardly seen, then 15, and 10, at which people can still follow what goes on.
inline constexpr std::array<Pace, 4> kPaces{{{1, 1}, {2, 3}, {1, 2}, {1, 3}}};

/// A second. Fewer would look like a camera that hangs.
inline constexpr int kLeastFrameRate = 5;

/// Never below kLeastFrameRate, nor above `rate`.
inline base::FrameRate atPace(const Pace& pace, const base::FrameRate& rate) {
  const base::FrameRate slower{rate.numerator * pace.numerator, rate.denominator * pace.denominator};
  if (slower.perSecond() >= kLeastFrameRate)
    return slower;
  return rate.perSecond() > kLeastFrameRate ? base::FrameRate{kLeastFrameRate, 1} : rate;
}

/// Of a camera of that rate.
inline base::Bitrate atPace(const Pace& pace, base::Bitrate bitrate, const base::FrameRate& rate) {
  if (rate.perSecond() <= 0)
    return bitrate;
  const double share = atPace(pace, rate).perSecond() / rate.perSecond();
  return {std::llround(static_cast<double>(bitrate.bitsPerSecond) * share)};
}

}  // namespace fanlight::media
