// SPDX-License-Identifier: Apache-2.0
// A file that begins anew where it ends, without anybody behind it noticing more than a change of scene. Made and
// destroyed on a worker; works on streaming threads.
#pragma once

#include <memory>

#include "gst/element.h"
#include "gst/pipeline.h"

namespace fanlight::media {

class FileLoop {
 public:
  /// `capture` has one source pad and can be sought in. What leaves it begins at the present running time, and each
  /// round where the one before ended.
  FileLoop(GstElement* capture, const gst::TimeBase& timeBase);

 private:
  struct Round;
  const std::shared_ptr<Round> round_;
  gst::PadProbe probe_;
};

}  // namespace fanlight::media
