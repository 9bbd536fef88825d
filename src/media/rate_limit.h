// SPDX-License-Identifier: Apache-2.0
// Takes away pictures that come faster than they were asked for, as drivers give them that know of no rate, and spares
// those of a camera that keeps its rate, however they jitter. One thread at a time.
#pragma once

#include "base/values.h"
#include "gst/ref_traits.h"

namespace fanlight::media {

class RateLimit {
 public:
  explicit RateLimit(const base::FrameRate& rate);
  /// Of each picture, in their order, with its time; one without a time is taken.
  bool takes(GstClockTime time);

 private:
  const GstClockTime period_;
  GstClockTime due_ = 0;  ///< when the next picture is
};

}  // namespace fanlight::media
