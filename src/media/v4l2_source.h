// SPDX-License-Identifier: Apache-2.0
// A V4L2 camera as a source: which one, in which mode, with which controls. Blocks: workers only.
#pragma once

#include "media/capture_source.h"
#include "media/control_values.h"
#include "media/v4l2_devices.h"

namespace fanlight::media {

/// One of `devices`, which are all that there are. As openCaptureSource(), and with InvalidArgument where the camera
/// does not take a control of the settings, Busy also where another program uses it.
base::Result<CaptureSource> openV4l2(const std::vector<V4l2Device>& devices, const config::Camera& settings,
                                     DeviceClaims& claims, bool mayPassOwnH264);

/// What a camera turns by itself, as controls that are added to `values`; what is left is returned. A camera keeps its
/// controls from run to run, so one that can turn pictures is always told how.
Orientation turnByCamera(const Orientation& wanted, const std::vector<V4l2Control>& known, ControlValues& values);

}  // namespace fanlight::media
