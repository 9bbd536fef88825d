// SPDX-License-Identifier: Apache-2.0
// A picture may come half a period before it is due; what is late does not make the next ones due later.
#include "media/rate_limit.h"

#include <algorithm>

namespace fanlight::media {

void RateLimit::setRate(const std::optional<base::FrameRate>& rate) {
  period_ = rate && rate->numerator > 0 ? gst_util_uint64_scale_int(GST_SECOND, rate->denominator, rate->numerator) : 0;
}

bool RateLimit::takes(GstClockTime time) {
  const GstClockTime period = period_;
  if (!GST_CLOCK_TIME_IS_VALID(time) || period == 0)
    return true;
  // Never due later than one and a half periods after the last that was taken.
  if (time + 2 * period < due_)
    due_ = time;
  if (time + period / 2 < due_)
    return false;
  due_ = std::max(due_, time) + period;
  return true;
}

}  // namespace fanlight::media
