// SPDX-License-Identifier: Apache-2.0
// A camera of libcamera's as a source: which one, in which mode, with which controls. Blocks: workers only.
#pragma once

#include "media/capture_source.h"
#include "media/libcamera_devices.h"

namespace fanlight::media {

/// As openCaptureSource(), and with InvalidArgument where the controls of the settings are not taken. That another
/// program has the camera is told by the pipeline's error.
base::Result<CaptureSource> openLibcamera(const config::Camera& settings, DeviceClaims& claims);

/// The camera that the settings mean, and the claim on it. Fails as openLibcamera().
struct ClaimedLibcamera {
  LibcameraDevice device;
  DeviceClaims::Claim claim;
};
base::Result<ClaimedLibcamera> claimLibcamera(std::vector<LibcameraDevice> devices, const config::Camera& settings,
                                              DeviceClaims& claims);

}  // namespace fanlight::media
