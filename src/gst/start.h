// SPDX-License-Identifier: Apache-2.0
// GStreamer made ready for this process. Main thread, once, before there is any other thread.
#pragma once

namespace fanlight::gst {

/// gst_init(), and what known faults of the version at hand need before it.
void start();

}  // namespace fanlight::gst
