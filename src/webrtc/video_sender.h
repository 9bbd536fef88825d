// SPDX-License-Identifier: Apache-2.0
// From a Feed into one webrtcbin: appsrc and payloader. Made on the viewers' worker; fed on streaming threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "base/result.h"
#include "gst/element.h"
#include "gst/pipeline.h"
#include "media/feed.h"
#include "webrtc/offer.h"

namespace fanlight::webrtc {

/// What a viewer sends back about the packets it got, as rtpsession's upstream event RTPTWCCPackets. The one place
/// where transport-wide congestion control feedback arrives; audio's packets are in it too. Borrowed for the call.
using PacketFeedbackHandler = std::function<void(const GstStructure* packets)>;

class VideoSender final : public media::FeedSink {
 public:
  /// Adds `appsrc ! rtph264pay` to `pipeline` and links it to webrtcbin's `pad`. Fails where an element is missing.
  static base::Result<std::shared_ptr<VideoSender>> create(gst::Pipeline& pipeline, GstPad* pad, const MediaLine& line,
                                                           std::uint32_t ssrc);

  void deliver(GstBuffer* buffer, GstCaps* caps) override;
  base::Duration backlog() const override;

  /// Both are called on streaming threads, from here on; set before there is any traffic.
  void onKeyFrameRequest(std::function<void()> handler);
  void onPacketFeedback(PacketFeedbackHandler handler);

 private:
  void watch(GstPad* pad);
  GstPadProbeReturn onUpstreamEvent(GstEvent* event);

  gst::Ref<GstElement> source_;
  gst::Ref<GstCaps> caps_;  ///< of the last buffer
  std::mutex mutex_;        ///< guards the handlers
  std::function<void()> keyFrameRequest_;
  PacketFeedbackHandler packetFeedback_;
  gst::PadProbe probe_;
};

}  // namespace fanlight::webrtc
