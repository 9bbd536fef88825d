// SPDX-License-Identifier: Apache-2.0
// How the device is, in one line for `systemctl status`.
#pragma once

#include <string>
#include <vector>

#include "session/catalogue.h"

namespace fanlight::app {

/// "2 viewers; cameras: 'porch' live, 'yard' away (the camera gives no picture)", and what is wrong around them.
std::string statusLine(const std::vector<session::CameraInfo>& cameras, int viewers,
                       const std::vector<std::string>& troubles);

}  // namespace fanlight::app
