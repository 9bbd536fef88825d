// SPDX-License-Identifier: Apache-2.0
// Takes the place of v4l2h264enc, which GStreamer makes only where a device is: it keeps what it is told and encodes
// nothing.
#pragma once

#include <string>

#include "gst/ref_traits.h"

namespace fanlight::test {

class StandInV4l2Encoder {
 public:
  StandInV4l2Encoder();
  ~StandInV4l2Encoder();
  StandInV4l2Encoder(const StandInV4l2Encoder&) = delete;
  StandInV4l2Encoder& operator=(const StandInV4l2Encoder&) = delete;

  /// As they were told last: "video_bitrate=900000 ".
  static std::string controlsOf(GstElement* encoder);
  /// How often `force_key_frame` was told.
  static int pressesOf(GstElement* encoder);
};

}  // namespace fanlight::test
