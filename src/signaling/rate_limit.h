// SPDX-License-Identifier: Apache-2.0
// How fast one channel may send: a token bucket that also knows when to say so and when to give up. Owner thread.
#pragma once

#include "base/clock.h"

namespace fanlight::signaling {

/// Messages a second, for as long as it likes.
inline constexpr double kMessagesPerSecond = 20;
/// A page that opens a wall of sixteen cameras sends an offer for each and, with three URLs of a relay and both
/// families of addresses, twelve candidates; with two ways to the internet twice as many.
inline constexpr double kMessageBurst = 512;
/// Messages ignored in one burst after which the channel is closed: this is no viewer that trickles.
inline constexpr int kMaxIgnoredMessages = 1000;

/// A burst begins with the first message over the rate, and ends when the bucket has filled up again.
class RateLimit {
 public:
  enum class Verdict {
    Pass,
    Over,       ///< ignore it, and say so: the first of this burst
    StillOver,  ///< ignore it in silence
    Abuse,      ///< close the channel
  };

  explicit RateLimit(const base::Clock& clock) : clock_(clock), filled_(clock.now()) {}

  /// Judges one message that came now.
  Verdict judge();

 private:
  const base::Clock& clock_;
  base::TimePoint filled_;
  double tokens_ = kMessageBurst;
  int ignored_ = 0;  ///< in this burst
};

}  // namespace fanlight::signaling
