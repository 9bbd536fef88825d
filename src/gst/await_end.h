// SPDX-License-Identifier: Apache-2.0
// For pipelines that run once, from beginning to end. Blocks: workers only.
#pragma once

#include "base/result.h"
#include "gst/ref_traits.h"

namespace fanlight::gst {

/// Waits for the end of the stream on the pipeline's own bus, which nobody else reads. `started`: what the change to
/// PLAYING returned. Fails with Unsupported, with what an element says, or Timeout. The pipeline stays as it is.
base::Result<> awaitEnd(GstElement* pipeline, GstStateChangeReturn started, GstClockTime limit);

}  // namespace fanlight::gst
