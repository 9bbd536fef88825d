// SPDX-License-Identifier: Apache-2.0
#include "mqtt/retry_pace.h"

#include <algorithm>

namespace fanlight::mqtt {
namespace {

constexpr int kShare = 12;

}  // namespace

base::Duration retryPause(base::Duration awayFor, double random) {
  const base::Duration longest = std::clamp(awayFor / kShare, kShortestPause, kLongestPause);
  return std::chrono::duration_cast<base::Duration>(longest * (1 + std::clamp(random, 0.0, 1.0)) / 2);
}

}  // namespace fanlight::mqtt
