// SPDX-License-Identifier: Apache-2.0
// What a video file holds. Blocks: workers only.
#pragma once

#include <string>

#include "base/result.h"
#include "media/capture_mode.h"

namespace fanlight::media {

struct VideoFile {
  /// H264 where what is in it can go to browsers as it is: of a baseline profile, pictures in the order in which they
  /// are shown, and an IDR every two seconds. Else Raw, as it is when decoded.
  CaptureMode mode;
  std::string codec;  ///< for people: "H.264 (High Profile)"
};

/// NotFound: there is no such file. Unsupported: nothing here can read it, or it has no picture.
base::Result<VideoFile> inspectVideoFile(const std::string& path);

}  // namespace fanlight::media
