// SPDX-License-Identifier: Apache-2.0
// The test picture: a pattern, a clock for a person, a moving mark, and a clock for a machine. Streaming thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gst/video/video.h>

#include "gst/element.h"

namespace fanlight::media {

/// The names that `pattern` may have in the config.
std::vector<std::string> testPatterns();
/// GStreamer's name for one of them; none for an unknown one.
std::optional<std::string> videotestsrcPattern(std::string_view pattern);

/// Draws onto each frame that leaves `picture` (I420), at the moment it leaves.
[[nodiscard]] gst::PadProbe drawClockOn(GstElement* picture);

/// Draws one frame's marks. `time` in units of 100 µs since 1970. Wall time on purpose: it is compared across
/// processes.
void drawMarks(GstVideoFrame* frame, std::uint64_t time, std::uint16_t number);

}  // namespace fanlight::media
