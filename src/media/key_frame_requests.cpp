// SPDX-License-Identifier: Apache-2.0
// Spacing of key frame requests.
#include "media/key_frame_requests.h"

#include <algorithm>

namespace fanlight::media {
namespace {

constexpr base::Duration kFirstSpacing = std::chrono::seconds(2);
constexpr base::Duration kLongestSpacing = std::chrono::seconds(10);
constexpr base::Duration kForgivenAfter = std::chrono::seconds(30);

}  // namespace

bool KeyFrameCoalescer::request(base::TimePoint now) {
  isPending_ = true;
  return isDue(now);
}

bool KeyFrameCoalescer::isDue(base::TimePoint now) {
  if (!isPending_ || !isSpaced(now))
    return false;
  // Pending until the key frame is seen: the encoder may have lost the request with a pipeline that was replaced.
  asked_ = now;
  return true;
}

bool KeyFrameAllowance::request(base::TimePoint now) {
  isRefused_ = true;
  return isDue(now);
}

bool KeyFrameAllowance::isDue(base::TimePoint now) {
  if (!isRefused_ || (taken_ && now - *taken_ < spacing_))
    return false;
  const bool isForgiven = !taken_ || now - *taken_ >= kForgivenAfter;
  spacing_ = isForgiven ? kFirstSpacing : std::min(spacing_ * 2, kLongestSpacing);
  taken_ = now;
  isRefused_ = false;
  return true;
}

}  // namespace fanlight::media
