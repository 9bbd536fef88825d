// SPDX-License-Identifier: Apache-2.0
// The V4L2 cameras of this machine, as GStreamer's device provider sees them (memory-to-memory nodes are not among
// them). Blocks, since it opens each one: workers only.
#pragma once

#include <string>
#include <vector>

#include "gst/ref_traits.h"

namespace fanlight::media {

struct V4l2Device {
  std::string path;  ///< "/dev/video0"
  std::string name;  ///< the card's
  gst::Ref<GstCaps> caps;
};

std::vector<V4l2Device> listV4l2Devices();

}  // namespace fanlight::media
