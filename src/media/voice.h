// SPDX-License-Identifier: Apache-2.0
// The way of one who talks to a speaker.
#pragma once

#include <memory>

#include <gst/gst.h>

#include "media/view.h"

namespace fanlight::media {

/// Takes raw sound: S16LE, mono, 48 kHz, with a running time on the process's one base as PTS. Any one thread at a
/// time; must not block.
class SoundSink {
 public:
  virtual ~SoundSink() = default;
  virtual void push(GstBuffer* sound) = 0;
};

/// Caps of what a SoundSink takes.
inline constexpr const char* kVoiceCaps = "audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=1";

/// Its speaker runs as long as `demand` is held, which is the main thread's; `sink` may be used up to then and after.
struct Voice {
  Demand demand;
  std::shared_ptr<SoundSink> sink;
};

}  // namespace fanlight::media
