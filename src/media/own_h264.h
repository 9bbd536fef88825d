// SPDX-License-Identifier: Apache-2.0
// A camera's own H.264 while it is passed through. It is believed to be fit until it shows that it is not, so that
// nobody waits for a trial.
#pragma once

#include <atomic>
#include <memory>

#include "gst/element.h"

namespace fanlight::media {

/// Of one camera: whether its H.264 has shown that it cannot be passed through. Any thread.
using OwnH264Unfit = std::shared_ptr<std::atomic<bool>>;

/// From now on; ends with the probe. `output` takes the stream in avc format. Where it is unfit the element reports an
/// error with the reason, and `isUnfit` is set, so that the camera is started anew without.
gst::PadProbe watchOwnH264(GstElement* output, OwnH264Unfit isUnfit);

}  // namespace fanlight::media
