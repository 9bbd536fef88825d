// SPDX-License-Identifier: Apache-2.0
// Takes away pictures that come faster than they are wanted: those of drivers that know of no rate, or all that are too
// many at the moment. Spares those of a camera that keeps the rate, however they jitter.
#pragma once

#include <atomic>
#include <optional>

#include "base/values.h"
#include "gst/ref_traits.h"

namespace fanlight::media {

class RateLimit {
 public:
  explicit RateLimit(const std::optional<base::FrameRate>& rate) { setRate(rate); }
  /// From the next picture on; none, or one that is not known (0/1): all are taken. Any thread.
  void setRate(const std::optional<base::FrameRate>& rate);
  /// Of each picture, in their order, with its time; one without a time is taken. Where time jumps back, as a video's
  /// does that begins again, it begins anew. One thread at a time.
  bool takes(GstClockTime time);

 private:
  std::atomic<GstClockTime> period_;  ///< 0: without a limit
  GstClockTime due_ = 0;              ///< when the next picture is
};

}  // namespace fanlight::media
