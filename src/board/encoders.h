// SPDX-License-Identifier: Apache-2.0
// The H.264 encoders that Fanlight knows how to drive, best first. Any thread.
#pragma once

#include <span>
#include <string_view>

namespace fanlight::board {

/// One row an encoder. Its pipeline text is pipelines/encode-NAME.gst.
struct EncoderKind {
  std::string_view name;        ///< in the config, and of its fragment
  const char* factory;          ///< GStreamer's element
  const char* bitrateProperty;  ///< changeable while playing
  int bitsPerUnit;              ///< 1: the property counts bit/s; 1000: kbit/s
  bool isSoftware;
};

/// In the order in which `encoder = "auto"` tries them.
std::span<const EncoderKind> knownEncoders();

}  // namespace fanlight::board
