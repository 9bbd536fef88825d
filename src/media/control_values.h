// SPDX-License-Identifier: Apache-2.0
// From [camera.controls] to what a V4L2 device takes. Any thread.
#pragma once

#include <map>
#include <string>

#include "config/settings.h"
#include "media/v4l2_controls.h"

namespace fanlight::media {

using ControlValues = std::map<std::string, std::int64_t, std::less<>>;

/// Menus by number or by name, flags as 0 and 1. Fails with InvalidArgument: the first one that the device does not
/// have, or whose value it does not take. `path` is for the message.
base::Result<ControlValues> toControlValues(const std::string& path, const std::vector<V4l2Control>& known,
                                            const config::Controls& wanted);

/// As GStreamer's `extra-controls` takes them.
std::string toExtraControls(const ControlValues& values);

}  // namespace fanlight::media
