// SPDX-License-Identifier: Apache-2.0
#include "webrtc/voice_receiver.h"

#include <atomic>
#include <mutex>
#include <utility>

#include <fmt/format.h>
#include <gst/app/gstappsink.h>
#include <gst/rtp/gstrtpbuffer.h>

namespace fanlight::webrtc {
namespace {

/// A packet that is lost is made up for by the next one's copy of it, or by what fits.
constexpr std::string_view kDecode =
    "rtpopusdepay ! opusdec plc=true use-inband-fec=true ! audioconvert ! audioresample ! {} "
    "! appsink name=out sync=false async=false max-buffers=50 drop=true enable-last-sample=false";

}  // namespace

struct VoiceReceiver::Gate {
  Gate(unsigned type, std::uint32_t source, const base::Clock& time) : payloadType(type), ssrc(source), clock(time) {}

  bool isOurs(GstBuffer* packet) const {
    GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
    if (!gst_rtp_buffer_map(packet, GST_MAP_READ, &rtp))
      return false;
    const bool isOurs = gst_rtp_buffer_get_ssrc(&rtp) == ssrc && gst_rtp_buffer_get_payload_type(&rtp) == payloadType;
    gst_rtp_buffer_unmap(&rtp);
    return isOurs;
  }

  bool areOurs(GstBufferList* packets) const {
    for (guint i = 0; i < gst_buffer_list_length(packets); ++i)
      if (!isOurs(gst_buffer_list_get(packets, i)))
        return false;
    return true;
  }

  bool passes(GstPadProbeInfo* info) const {
    if (!isOpen.load(std::memory_order_relaxed))
      return false;
    return GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER_LIST
               ? areOurs(GST_PAD_PROBE_INFO_BUFFER_LIST(info))
               : isOurs(GST_PAD_PROBE_INFO_BUFFER(info));
  }

  const unsigned payloadType;
  const std::uint32_t ssrc;
  const base::Clock& clock;
  std::atomic<bool> isOpen = false;
  std::atomic<base::TimePoint> lastPacket = base::TimePoint{};
  std::mutex mutex;  ///< guards sink
  std::shared_ptr<media::SoundSink> sink;
};

namespace {

template <class Gate>
GstFlowReturn onSample(GstAppSink* appsink, gpointer data) noexcept {
  const auto sample = gst::Ref<GstSample>::adopt(gst_app_sink_pull_sample(appsink));
  if (!sample)
    return GST_FLOW_OK;
  auto& gate = *static_cast<Gate*>(data);
  const std::scoped_lock lock(gate.mutex);
  if (!gate.sink)
    return GST_FLOW_OK;
  GstBuffer* decoded = gst_sample_get_buffer(sample.get());
  const auto sound = gst::Ref<GstBuffer>::adopt(gst_buffer_copy(decoded));
  GST_BUFFER_PTS(sound.get()) =
      gst_segment_to_running_time(gst_sample_get_segment(sample.get()), GST_FORMAT_TIME, GST_BUFFER_PTS(decoded));
  gate.sink->push(sound.get());
  return GST_FLOW_OK;
}

}  // namespace

GstPadProbeReturn dropRtp(GstPad*, GstPadProbeInfo*) {
  return GST_PAD_PROBE_DROP;
}

base::Result<std::unique_ptr<VoiceReceiver>> VoiceReceiver::create(gst::Pipeline& pipeline, GstElement* webrtcbin,
                                                                   const MediaLine& line, const base::Clock& clock) {
  const auto decode = pipeline.addBin(fmt::format(kDecode, media::kVoiceCaps));
  if (!decode)
    return tl::unexpected(decode.error());
  auto gate = std::make_shared<Gate>(line.payload.type, *line.voice, clock);
  const auto appsink = gst::findElement(*decode, "out");
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = onSample<Gate>;
  // The pipeline is stopped before the receiver goes.
  gst_app_sink_set_callbacks(GST_APP_SINK(appsink.get()), &callbacks, gate.get(), nullptr);
  auto receiver = std::make_unique<VoiceReceiver>(Key{}, std::move(gate));
  receiver->padAdded_ = glib::connectDirect<void(GstElement*, GstPad*)>(
      webrtcbin, "pad-added", [borrowed = *decode](GstElement*, GstPad* pad) {
        // The gate lets one stream through, so that there is one such pad.
        const auto input = gst::staticPad(borrowed, "sink");
        if (GST_PAD_IS_SRC(pad) && !gst_pad_is_linked(input.get()))
          gst_pad_link(pad, input.get());
      });
  return receiver;
}

void VoiceReceiver::letThrough(std::shared_ptr<media::SoundSink> sink) {
  const std::scoped_lock lock(gate_->mutex);
  gate_->isOpen = sink != nullptr;
  gate_->sink = std::move(sink);
}

std::optional<base::TimePoint> VoiceReceiver::lastPacket() const {
  const base::TimePoint last = gate_->lastPacket.load(std::memory_order_relaxed);
  return last == base::TimePoint{} ? std::nullopt : std::optional(last);
}

gst::PadProbe::Callback VoiceReceiver::gate() const {
  return [gate = gate_](GstPad*, GstPadProbeInfo* info) {
    if (!gate->passes(info))
      return GST_PAD_PROBE_DROP;
    gate->lastPacket.store(gate->clock.now(), std::memory_order_relaxed);
    return GST_PAD_PROBE_OK;
  };
}

}  // namespace fanlight::webrtc
