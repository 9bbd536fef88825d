// SPDX-License-Identifier: Apache-2.0
// A picture may come half a period before it is due; what is late does not make the next ones due later.
#include "media/rate_limit.h"

#include <algorithm>

namespace fanlight::media {

RateLimit::RateLimit(const base::FrameRate& rate)
    : period_(gst_util_uint64_scale_int(GST_SECOND, rate.denominator, rate.numerator)) {}

bool RateLimit::takes(GstClockTime time) {
  if (!GST_CLOCK_TIME_IS_VALID(time))
    return true;
  if (time + period_ / 2 < due_)
    return false;
  due_ = std::max(due_, time) + period_;
  return true;
}

}  // namespace fanlight::media
