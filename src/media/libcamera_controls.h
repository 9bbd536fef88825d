// SPDX-License-Identifier: Apache-2.0
// What can be set on a camera of libcamera's: the properties of its GStreamer element, which has them from 0.4.0 on. It
// has them for all cameras alike, and a camera that lacks one ignores it. Any thread.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "gst/fragment.h"
#include "gst/ref_traits.h"

namespace fanlight::media {

struct LibcameraControl {
  std::string name;   ///< "af-mode"
  std::string range;  ///< for a person, as far as the element tells: "'manual', 'auto' or 'continuous'"
  bool operator==(const LibcameraControl&) const = default;
};

/// In the order of their names; `element` is a libcamerasrc, which need not be started.
std::vector<LibcameraControl> listLibcameraControls(GstElement* element);

/// As the element takes them. Fails with InvalidArgument: the first one that it does not have, or whose value it does
/// not take. `camera` is for the message.
base::Result<gst::Properties> toProperties(const std::string& camera, GstElement* element,
                                           const config::Controls& wanted);

}  // namespace fanlight::media
