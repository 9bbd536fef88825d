// SPDX-License-Identifier: Apache-2.0
// Profile, order and IDRs.
#include "media/picture_order.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "media/access_unit.h"

namespace fanlight::media {
namespace {

/// Two seconds, and what a camera's clock may make of them: a joiner waits so long at most.
constexpr GstClockTime kLongestInterval = 2250 * GST_MSECOND;
constexpr std::array<std::string_view, 2> kProfiles = {"constrained-baseline", "baseline"};

}  // namespace

std::optional<std::string> PictureOrder::take(GstBuffer* picture) {
  const GstClockTime time = GST_BUFFER_PTS(picture);
  if (!GST_CLOCK_TIME_IS_VALID(time))
    return "its pictures have no time";
  if (last_ && time <= *last_)
    return "its pictures come in another order than they are shown in";
  last_ = time;
  if (!idr_ || isIdr(picture))
    idr_ = time;
  if (time - *idr_ > kLongestInterval)
    return "it has no IDR every two seconds";
  return std::nullopt;
}

std::optional<std::string> objectionToProfile(const GstCaps* caps) {
  const GstStructure* structure = gst_caps_get_structure(caps, 0);
  const char* profile = gst_structure_get_string(structure, "profile");
  if (!gst_structure_has_name(structure, "video/x-h264") || !profile)
    return "its profile is not told";
  if (std::ranges::find(kProfiles, profile) == kProfiles.end())
    return fmt::format("its profile is {}, not baseline", profile);
  return std::nullopt;
}

}  // namespace fanlight::media
