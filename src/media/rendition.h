// SPDX-License-Identifier: Apache-2.0
// One encode of a camera: what is asked of the encoder, and the Fanout that its viewers follow.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/values.h"
#include "board/encoder_probe.h"
#include "media/capture_mode.h"
#include "media/fanout.h"

namespace fanlight::media {

struct RenditionSettings {
  base::Bitrate bitrate{2'000'000};
  std::chrono::milliseconds keyFrameInterval{10'000};
  std::string encoder = "auto";  ///< or a row's name in board/encoders.cpp
};

/// The Fanout outlives each pipeline that fills it: viewers stay with it while the camera is restarted.
struct Rendition {
  RenditionSettings settings;
  std::shared_ptr<Fanout> fanout;
};

/// What is asked of an encoder of pictures that come in this mode.
board::EncodeTask encodeTask(const RenditionSettings& settings, const CaptureMode& mode);

}  // namespace fanlight::media
