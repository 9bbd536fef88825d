// SPDX-License-Identifier: Apache-2.0
// Refilling by the time that passed, whenever a message asks.
#include "signaling/rate_limit.h"

#include <algorithm>

namespace fanlight::signaling {

RateLimit::Verdict RateLimit::judge() {
  const base::TimePoint now = clock_.now();
  const std::chrono::duration<double> passed = now - filled_;
  filled_ = now;
  tokens_ = std::min(kMessageBurst, tokens_ + passed.count() * kMessagesPerSecond);
  if (tokens_ >= kMessageBurst)
    ignored_ = 0;
  if (tokens_ >= 1) {
    tokens_ -= 1;
    return Verdict::Pass;
  }
  if (++ignored_ > kMaxIgnoredMessages)
    return Verdict::Abuse;
  return ignored_ == 1 ? Verdict::Over : Verdict::StillOver;
}

}  // namespace fanlight::signaling
