// SPDX-License-Identifier: Apache-2.0
// What a viewer says: from its RTP to a SoundSink, while it is let through. Made on the viewers' worker; packets come
// on streaming threads.
#pragma once

#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "glib/signal_connection.h"
#include "gst/element.h"
#include "gst/pipeline.h"
#include "media/voice.h"
#include "webrtc/offer.h"

namespace fanlight::webrtc {

/// For a pad that RTP of a viewer passes who is never let talk: drops all of it.
GstPadProbeReturn dropRtp(GstPad* pad, GstPadProbeInfo* info);

class VoiceReceiver {
  struct Gate;
  struct Key {};

 public:
  /// Adds what decodes `line` to `pipeline`, to be linked to webrtcbin's pad once there is one. Fails with Unsupported
  /// where an element is missing.
  static base::Result<std::unique_ptr<VoiceReceiver>> create(gst::Pipeline& pipeline, GstElement* webrtcbin,
                                                             const MediaLine& line, const base::Clock& clock);
  /// For create() alone.
  VoiceReceiver(Key, std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}

  /// Main thread. Null: nothing any more, and what comes is not even decoded.
  void letThrough(std::shared_ptr<media::SoundSink> sink);
  /// When a packet was last let through. Any thread.
  std::optional<base::TimePoint> lastPacket() const;
  /// For a pad that the viewer's RTP passes on its way to the jitter buffer: what comes while nothing is let through,
  /// and what is not the line's own stream, leaves no trace behind it.
  gst::PadProbe::Callback gate() const;

 private:
  const std::shared_ptr<Gate> gate_;
  glib::SignalConnection padAdded_;
};

}  // namespace fanlight::webrtc
