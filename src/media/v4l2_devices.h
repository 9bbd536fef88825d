// SPDX-License-Identifier: Apache-2.0
// The V4L2 cameras of this machine, as GStreamer's device provider sees them (memory-to-memory nodes are not among
// them). Blocks, since it opens each one: workers only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/values.h"
#include "gst/ref_traits.h"

namespace fanlight::media {

struct V4l2Device {
  std::string path;  ///< "/dev/video0"
  std::string name;  ///< the card's
  gst::Ref<GstCaps> caps;
};

std::vector<V4l2Device> listV4l2Devices();

/// How a camera is read.
struct CaptureMode {
  enum class Format { Raw, Mjpeg };
  Format format = Format::Raw;
  base::Resolution resolution;
  base::FrameRate frameRate;
  bool operator==(const CaptureMode&) const = default;
};

/// The mode nearest to what is wanted: the wanted size before any other, then the wanted frame rate, then the size that
/// is nearest in pixels; raw before MJPEG where both do the same. None where the device has no mode that we can read.
std::optional<CaptureMode> chooseMode(const GstCaps* caps, base::Resolution wanted, base::FrameRate rate);

}  // namespace fanlight::media
