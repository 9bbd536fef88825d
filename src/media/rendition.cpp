// SPDX-License-Identifier: Apache-2.0
// From times to frames.
#include "media/rendition.h"

#include <algorithm>
#include <cmath>

namespace fanlight::media {

board::EncodeTask encodeTask(const RenditionSettings& settings, const CaptureMode& mode) {
  const double interval = std::chrono::duration<double>(settings.keyFrameInterval).count();
  return {mode.resolution, mode.frameRate, settings.bitrate,
          std::max(1, static_cast<int>(std::lround(interval * mode.frameRate.perSecond())))};
}

}  // namespace fanlight::media
