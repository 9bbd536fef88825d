// SPDX-License-Identifier: Apache-2.0
// GStreamer made ready for this process. Main thread, once, before there is any other thread.
#pragma once

namespace fanlight::gst {

/// gst_init(), and before it what plugins read from the environment.
void start();

}  // namespace fanlight::gst
