// SPDX-License-Identifier: Apache-2.0
// The H.264 encoders that Fanlight knows how to drive. Any thread, where nothing else is said.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  /// Whether it spreads its bits over the pictures' times. Others give each picture its part at the rate that they were
  /// told: of those, fewer pictures take fewer bits by themselves.
  bool goesByTime;
};

/// In the order in which `encoder = "auto"` tries them where no board profile says another.
std::span<const EncoderKind> knownEncoders();
/// nullptr where there is none of that name.
const EncoderKind* findEncoder(std::string_view name);

/// What an encoder of a board does not do, though its kind could.
struct EncoderLimits {
  std::string lowestLevel;  ///< that it is ever told; empty: none
  base::Bitrate highestBitrate{INT64_MAX};
  base::Bitrate bitrateStep{1};
  std::optional<base::Resolution> largest;

  /// The nearest that it takes.
  base::Bitrate within(base::Bitrate bitrate) const;
  bool operator==(const EncoderLimits&) const = default;
};

/// An encoder on this board.
struct Encoder {
  const EncoderKind* kind = nullptr;
  EncoderLimits limits;
  std::string reason;     ///< why it stands at its place, for a person
  bool isForAuto = true;  ///< else only who names it gets it
};

/// knownEncoders() without limits.
std::vector<Encoder> allEncoders();

}  // namespace fanlight::board
