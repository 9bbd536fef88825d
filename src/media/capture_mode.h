// SPDX-License-Identifier: Apache-2.0
// How a camera is read, and which of its modes comes nearest to what is wanted. Any thread.
#pragma once

#include <optional>

#include "base/values.h"
#include "gst/ref_traits.h"

namespace fanlight::media {

struct CaptureMode {
  enum class Format { Raw, Mjpeg, H264 };
  Format format = Format::Raw;
  base::Resolution resolution;
  base::FrameRate frameRate;
  bool operator==(const CaptureMode&) const = default;
};

struct ModeWish {
  base::Resolution resolution;
  base::FrameRate frameRate;
  int minFrameRate = 1;    ///< a second; slower modes are taken only where there is no other
  bool mayBeH264 = false;  ///< the camera's own, passed through
};

/// The mode nearest to what is wanted: the wanted size before any other, then the wanted frame rate, then the size that
/// is nearest in pixels; H.264 before raw before MJPEG where they do the same. None where the device has no mode that
/// we can read.
std::optional<CaptureMode> chooseMode(const GstCaps* caps, const ModeWish& wish);

}  // namespace fanlight::media
