// SPDX-License-Identifier: Apache-2.0
// How often a key frame may be asked for. Pure; the owner locks.
#pragma once

#include <optional>

#include "base/clock.h"

namespace fanlight::media {

/// An IDR costs every viewer of an encode bandwidth, so all requests together make at most one per this time.
inline constexpr base::Duration kKeyFrameSpacing = std::chrono::milliseconds(500);

/// Joins the requests of all viewers of one encode. A request is never lost: what comes too early is made up later.
class KeyFrameCoalescer {
 public:
  /// Somebody needs a key frame. Whether to ask the encoder now.
  bool request(base::TimePoint now);
  /// Asked at each frame. Whether a request is outstanding and may be made now.
  bool isDue(base::TimePoint now);
  /// A key frame has come; it serves all who had asked.
  void onKeyFrame() { isPending_ = false; }

 private:
  bool isSpaced(base::TimePoint now) const { return !asked_ || now - *asked_ >= kKeyFrameSpacing; }
  std::optional<base::TimePoint> asked_;
  bool isPending_ = false;
};

/// One viewer's allowance for its own requests (PLI, FIR, a queue that overflowed): the first at once, then 2 s apart,
/// doubling to 10 s while it keeps asking. A viewer with a bad network must not spoil the others' pictures. What it may
/// not ask yet is remembered, since a player may ask but once, and would show torn pictures until the next IDR.
class KeyFrameAllowance {
 public:
  /// The viewer needs a key frame. Whether it may ask for one now.
  bool request(base::TimePoint now);
  /// Asked at each frame. Whether it may ask now for what it was refused.
  bool isDue(base::TimePoint now);
  /// It was given a key frame, which serves it whether it had been refused or not.
  void onKeyFrame() { isRefused_ = false; }

 private:
  std::optional<base::TimePoint> taken_;
  base::Duration spacing_{};
  bool isRefused_ = false;
};

}  // namespace fanlight::media
