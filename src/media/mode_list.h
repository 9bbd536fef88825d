// SPDX-License-Identifier: Apache-2.0
// All modes of a camera as lines for a person. Any thread.
#pragma once

#include <string>
#include <vector>

#include "gst/ref_traits.h"

namespace fanlight::media {

/// A line a format, raw ones of the same sizes in one, the largest sizes first:
/// "MJPEG: 1280x720 at 30, 15; 640x480 at 30".
std::vector<std::string> listModes(const GstCaps* caps);

}  // namespace fanlight::media
