// SPDX-License-Identifier: Apache-2.0
// What of GStreamer and its plugins only the environment can set.
#include "gst/start.h"

#include <gst/gst.h>

namespace fanlight::gst {

void start() {
  // Up to 1.24 a v4l2src that stops keeps its device open (its pool is orphaned, and one reference to it lost), so that
  // the camera is never free again and comes back under another name. Draining instead of orphaning avoids that path.
  guint major = 0;
  guint minor = 0;
  guint micro = 0;
  guint nano = 0;
  gst_version(&major, &minor, &micro, &nano);
  constexpr guint kFixedIn = 26;
  if (major == 1 && minor < kFixedIn)
    g_setenv("GST_V4L2_FORCE_DRAIN", "1", FALSE);
  // libcamera writes lines of its own whenever it looks for cameras, which is at each try to start one.
  g_setenv("LIBCAMERA_LOG_LEVELS", "*:ERROR", FALSE);
  gst_init(nullptr, nullptr);
}

}  // namespace fanlight::gst
