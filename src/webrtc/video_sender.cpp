// SPDX-License-Identifier: Apache-2.0
// Packets of 1200 bytes leave room for extensions, SRTP and TURN below every usual MTU.
#include "webrtc/video_sender.h"

#include "webrtc/playout_delay.h"
#include "webrtc/rtp_extensions.h"

namespace fanlight::webrtc {
namespace {

constexpr std::int64_t kPacketBytes = 1200;

void addExtension(GstElement* payloader, gst::Ref<GstRTPHeaderExtension> extension) {
  if (extension)
    g_signal_emit_by_name(payloader, "add-extension", extension.get());
}

base::Result<gst::Ref<GstElement>> makePayloader(const MediaLine& line, std::uint32_t ssrc) {
  auto payloader = gst::makeElement("rtph264pay");
  if (!payloader)
    return payloader;
  GstElement* element = payloader->get();
  gst::setInteger(element, "pt", line.payload.type);
  gst::setInteger(element, "ssrc", ssrc);
  gst::setInteger(element, "mtu", kPacketBytes);
  // The parameter sets come with each IDR (media/capture_pipeline.cpp); a second copy here would be sent as well.
  gst::setInteger(element, "config-interval", 0);
  gst::setFromText(element, "aggregate-mode", "zero-latency");
  gst::setBoolean(element, "auto-header-extension", false);
  if (line.payload.extensions.playoutDelay)
    addExtension(element, createPlayoutDelay(*line.payload.extensions.playoutDelay));
  if (line.payload.extensions.transportWideCc) {
    auto extension =
        gst::Ref<GstRTPHeaderExtension>::adopt(gst_rtp_header_extension_create_from_uri(kTransportWideCcUri));
    if (extension)
      gst_rtp_header_extension_set_id(extension.get(), *line.payload.extensions.transportWideCc);
    addExtension(element, std::move(extension));
  }
  return payloader;
}

}  // namespace

/// What the probe owns: it may run on while the sender is destroyed.
struct VideoSender::Upstream {
  explicit Upstream(const base::Clock& time) : clock(time) {}

  GstPadProbeReturn onEvent(GstEvent* event);

  const base::Clock& clock;
  std::atomic<base::TimePoint> lastFeedback = base::TimePoint{};  ///< the epoch: there has been none
  std::mutex mutex;                                               ///< guards both below, which are called without it
  std::function<void()> keyFrameRequest;
  std::shared_ptr<CongestionControl> control;
};

VideoSender::VideoSender(FeedSource source, const base::Clock& clock)
    : clock_(clock), source_(std::move(source)), upstream_(std::make_shared<Upstream>(clock)) {}

base::Result<std::shared_ptr<VideoSender>> VideoSender::create(gst::Pipeline& pipeline, GstPad* pad,
                                                               const MediaLine& line, std::uint32_t ssrc,
                                                               const base::Clock& clock) {
  auto payloader = makePayloader(line, ssrc);
  if (!payloader)
    return tl::unexpected(payloader.error());
  auto source = FeedSource::create(pipeline, std::move(*payloader), pad);
  if (!source)
    return tl::unexpected(source.error());
  auto sender = std::make_shared<VideoSender>(std::move(*source), clock);
  sender->probe_ = gst::PadProbe(gst::Ref<GstPad>::retain(pad), GST_PAD_PROBE_TYPE_EVENT_UPSTREAM,
                                 [upstream = sender->upstream_](GstPad*, GstPadProbeInfo* info) {
                                   return upstream->onEvent(GST_PAD_PROBE_INFO_EVENT(info));
                                 });
  return sender;
}

void VideoSender::deliver(GstBuffer* buffer, GstCaps* caps) {
  const base::TimePoint now = clock_.now();
  if (!flowsAt(now))
    sendingSince_ = now;
  lastDelivered_ = now;
  source_.deliver(buffer, caps);
}

// What is stuck in the viewer's pipeline is on its way, though the Feed gives no more meanwhile.
bool VideoSender::flowsAt(base::TimePoint now) const {
  const base::TimePoint last = lastDelivered_;
  return last != base::TimePoint{} && (now - last <= kDeliveryPause || backlog() > base::Duration::zero());
}

VideoTraffic VideoSender::traffic() const {
  VideoTraffic traffic;
  if (flowsAt(clock_.now()))
    traffic.sendingSince = sendingSince_.load();
  if (const base::TimePoint feedback = upstream_->lastFeedback; feedback != base::TimePoint{})
    traffic.lastFeedback = feedback;
  return traffic;
}

void VideoSender::onKeyFrameRequest(std::function<void()> handler) {
  const std::lock_guard lock(upstream_->mutex);
  upstream_->keyFrameRequest = std::move(handler);
}

void VideoSender::reportTo(std::shared_ptr<CongestionControl> control) {
  const std::lock_guard lock(upstream_->mutex);
  upstream_->control = std::move(control);
}

GstPadProbeReturn VideoSender::Upstream::onEvent(GstEvent* event) {
  const GstStructure* structure = gst_event_get_structure(event);
  if (!structure)
    return GST_PAD_PROBE_OK;
  const auto copyOf = [this](const auto& guarded) {
    const std::lock_guard lock(mutex);
    return guarded;
  };
  if (gst_structure_has_name(structure, "GstForceKeyUnit")) {
    if (const auto handler = copyOf(keyFrameRequest))
      handler();
    return GST_PAD_PROBE_DROP;
  }
  if (gst_structure_has_name(structure, "RTPTWCCPackets")) {
    lastFeedback = clock.now();
    if (const auto told = copyOf(control))
      told->onFeedback(structure);
  }
  return GST_PAD_PROBE_OK;
}

}  // namespace fanlight::webrtc
