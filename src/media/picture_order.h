// SPDX-License-Identifier: Apache-2.0
// Whether H.264 that somebody else encoded can go to viewers as it comes. Any thread; one at a time.
#pragma once

#include <optional>
#include <string>

#include "gst/ref_traits.h"

namespace fanlight::media {

class PictureOrder {
 public:
  /// Why viewers cannot be given it, as far as this picture shows, which is in avc format; none: nothing is against it.
  std::optional<std::string> take(GstBuffer* picture);

 private:
  std::optional<GstClockTime> last_;
  std::optional<GstClockTime> idr_;  ///< or where it began
};

/// The same by what h264parse says of the stream: every answer promises a baseline profile, whatever else a viewer may
/// have offered.
std::optional<std::string> objectionToProfile(const GstCaps* caps);

}  // namespace fanlight::media
