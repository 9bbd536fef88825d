// SPDX-License-Identifier: Apache-2.0
// The H.264 encoders that Fanlight knows how to drive, best first. Any thread, where nothing else is said.
#pragma once

#include <span>
#include <string_view>

#include "base/values.h"
#include "gst/ref_traits.h"

namespace fanlight::board {

/// One row an encoder. Its pipeline text is pipelines/encode-NAME.gst, where its element is named "encoder".
struct EncoderKind {
  std::string_view name;  ///< in the config, and of its fragment
  const char* factory;    ///< GStreamer's element
  const char* input;      ///< the raw caps that it takes; pictures are converted to these
  /// While it plays, from its next picture on. Worker thread.
  void (*setBitrate)(GstElement* encoder, base::Bitrate bitrate);
  /// While it plays; one of its next pictures is an IDR then. Streaming threads as well: must not block.
  void (*askForKeyFrame)(GstElement* encoder);
  bool isSoftware;
};

/// In the order in which `encoder = "auto"` tries them.
std::span<const EncoderKind> knownEncoders();

}  // namespace fanlight::board
