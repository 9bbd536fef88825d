// SPDX-License-Identifier: Apache-2.0
// Which size and format a camera of libcamera's is asked for. Any thread.
#pragma once

#include <optional>
#include <string>

#include "media/capture_mode.h"

namespace fanlight::media {

struct LibcameraMode {
  std::string format;  ///< GStreamer's name, "NV12"
  base::Resolution resolution;
  bool operator==(const LibcameraMode&) const = default;
};

enum class Widths {
  Any,
  /// Whose lines are as long in memory as GStreamer takes them to be: before 0.5.1 libcamera's plugin does not tell how
  /// long they are, and those of other widths are read askew.
  Plain,
};
/// Which of them the plugin that is installed needs.
Widths libcameraWidths();

/// The wanted size before any other, then the one that is nearest in pixels; NV12 and I420, which encoders take, before
/// other formats. With plain widths one of them, where there is one. None where the camera gives no raw pictures.
std::optional<LibcameraMode> chooseLibcameraMode(const GstCaps* caps, base::Resolution wanted, Widths widths);

/// Whether the lines of such pictures have the length that GStreamer expects, with every driver.
bool isPlain(int width);

/// For a capsfilter: the mode at that rate, with the colours of HD where libcamera can; else as libcamera changes the
/// rate and the colours, which it does without a word.
std::string toCapsText(const LibcameraMode& mode, const base::FrameRate& rate);

}  // namespace fanlight::media
