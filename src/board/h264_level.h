// SPDX-License-Identifier: Apache-2.0
// H.264's levels (ITU-T H.264, table A-1), which hardware encoders must be told. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/values.h"

namespace fanlight::board {

/// The lowest level that holds such a picture in the baseline profile ("3.1"); none where even 5.2 does not.
std::optional<std::string> h264Level(base::Resolution resolution, base::FrameRate frameRate, base::Bitrate bitrate);

bool isH264Level(std::string_view name);
/// The higher one of two levels.
std::string higherLevel(const std::string& one, const std::string& other);

}  // namespace fanlight::board
