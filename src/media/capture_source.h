// SPDX-License-Identifier: Apache-2.0
// From a camera's settings to the device and the pipeline text that read it. Blocks: workers only.
#pragma once

#include <mutex>
#include <string>

#include "base/result.h"
#include "config/settings.h"
#include "gst/fragment.h"
#include "media/capture_mode.h"
#include "media/device_claims.h"
#include "media/orientation.h"

namespace fanlight::media {

struct CaptureSource {
  std::string description;  ///< the rendered capture fragment: raw pictures, or where `mode` says so H.264
  std::string what;         ///< for the log: "test picture 'bars'", "/dev/video0 (HD Webcam), MJPEG"
  CaptureMode mode;         ///< what it will give, which may differ from what was wanted
  DeviceClaims::Claim claim;
  enum class Kind {
    Device,     ///< it finds its exposure when it starts
    File,       ///< it comes as fast as it is taken, and ends
    Generated,  ///< by ourselves
  };
  Kind kind = Kind::Device;
  bool mayBeTooFast = false;   ///< its driver may know of no rate
  std::mutex* turn = nullptr;  ///< held while its pipeline starts and while it ends, where its library needs that
};

/// Fails with NotFound where the camera is not there, Busy where another of ours has it, Unsupported where it has no
/// mode that can be read.
/// `mayPassOwnH264`: what a camera encodes by itself may go to viewers as it is.
base::Result<CaptureSource> openCaptureSource(const config::Camera& settings, DeviceClaims& claims,
                                              bool mayPassOwnH264 = true);

/// For the functions that open the kinds of source.
Orientation orientationOf(const config::Camera& settings);
/// `mayBeH264`: the camera's own, passed through.
ModeWish wishOf(const config::Camera& settings, bool mayBeH264);
/// What a capture fragment is told of a mode.
gst::FragmentValues valuesOf(const CaptureMode& mode);
/// The same source with raw pictures that stand as the settings want them, turned by the CPU.
CaptureSource turned(CaptureSource source, const Orientation& orientation);

}  // namespace fanlight::media
