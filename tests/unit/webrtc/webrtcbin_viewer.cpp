// SPDX-License-Identifier: Apache-2.0
// Offering, receiving and counting.
#include "webrtc/webrtcbin_viewer.h"

#include <optional>

#include <gst/rtp/gstrtcpbuffer.h>
#include <gst/rtp/gstrtpbuffer.h>
#include <gst/video/video.h>
#include <gtest/gtest.h>

#include "webrtc/ice.h"

namespace fanlight::test {
namespace {

// RTX, TWCC and playout-delay as Chromium offers them.
constexpr const char* kH264 =
    "application/x-rtp,media=video,encoding-name=H264,clock-rate=90000,payload=102,packetization-mode=(string)1,"
    "profile-level-id=(string)42e01f,level-asymmetry-allowed=(string)1,rtcp-fb-nack=(boolean)true,"
    "rtcp-fb-nack-pli=(boolean)true,rtcp-fb-transport-cc=(boolean)true,"
    "extmap-3=http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01,"
    "extmap-5=http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

// As people write them for whepsrc.
constexpr const char* kPlainH264 = "application/x-rtp,media=video,encoding-name=H264,clock-rate=90000,payload=127";
constexpr const char* kPcmu = "application/x-rtp,media=audio,encoding-name=PCMU,clock-rate=8000,payload=0";

constexpr const char* kOpus =
    "application/x-rtp,media=audio,encoding-name=OPUS,encoding-params=(string)2,clock-rate=48000,payload=111";

constexpr const char* kTalk =
    "audiotestsrc is-live=true freq=440 ! audioconvert ! opusenc ! rtpopuspay pt=111 ssrc=4321 "
    "! application/x-rtp,media=audio,encoding-name=OPUS,clock-rate=48000,payload=111,ssrc=(uint)4321 "
    "! identity name=talking silent=true";

constexpr const char* kReceive =
    "rtph264depay ! h264parse ! video/x-h264,stream-format=avc,alignment=au ! fakesink name=pictures sync=false";

// As browsers do, each second.
void reportOften(GstElement* element) {
  if (g_str_has_prefix(GST_ELEMENT_NAME(element), "rtpsession"))
    gst::setInteger(element, "rtcp-min-interval", std::chrono::nanoseconds(std::chrono::seconds(1)).count());
}

}  // namespace

WebrtcbinViewer::WebrtcbinViewer(const glib::MainContext& context)
    : context_(context), pipeline_("test-viewer", timeBase_, context, [](const std::string&) {}) {}

// Ends the streaming threads, which call onPad(), while all that it uses is there.
WebrtcbinViewer::~WebrtcbinViewer() {
  EXPECT_TRUE(pipeline_.setState(GST_STATE_NULL));
}

void WebrtcbinViewer::receive(const char* caps) {
  const auto owned = gst::Ref<GstCaps>::adopt(gst_caps_from_string(caps));
  GstWebRTCRTPTransceiver* transceiver = nullptr;
  g_signal_emit_by_name(webrtcbin_, "add-transceiver", GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_RECVONLY, owned.get(),
                        &transceiver);
  [[maybe_unused]] const auto held = gst::Ref<GstWebRTCRTPTransceiver>::adopt(transceiver);
}

void WebrtcbinViewer::talk() {
  GstElement* bin = *pipeline_.addBin(kTalk);
  const auto talking = gst::findElement(bin, "talking");
  probes_.emplace_back(gst::staticPad(talking.get(), "src"), GST_PAD_PROBE_TYPE_BUFFER,
                       [packets = voicePackets_](GstPad*, GstPadProbeInfo*) {
                         ++*packets;
                         return GST_PAD_PROBE_OK;
                       });
  ASSERT_TRUE(gst_element_link_pads(bin, "src", webrtcbin_, "sink_1"));
}

void WebrtcbinViewer::offer(OfferHandler onOffer, CandidateHandler onCandidate, Lines lines) {
  webrtcbin_ = pipeline_.add(std::move(*gst::makeElement("webrtcbin")));
  gst::setFromText(webrtcbin_, "bundle-policy", "max-bundle");
  webrtc::configureIce(webrtcbin_, {});
  signals_.push_back(glib::connectQueued<void(GstElement*, guint, char*)>(
      webrtcbin_, "on-ice-candidate", context_, lifetime_.bind([onCandidate](guint line, const std::string& text) {
        onCandidate({text, std::nullopt, static_cast<int>(line), std::nullopt});
      })));
  signals_.push_back(glib::connectDirect<void(GstElement*, GstElement*, GstElement*)>(
      webrtcbin_, "deep-element-added", [](GstElement*, GstElement*, GstElement* added) { reportOften(added); }));
  signals_.push_back(glib::connectDirect<void(GstElement*, GstPad*)>(webrtcbin_, "pad-added",
                                                                     [this](GstElement*, GstPad* pad) { onPad(pad); }));
  ASSERT_TRUE(pipeline_.setState(GST_STATE_READY));
  if (lines == Lines::AsGStreamersSource) {
    receive(kPcmu);
    receive(kPlainH264);
  } else {
    receive(kH264);
    if (lines == Lines::WithSound)
      receive(kOpus);
    if (lines == Lines::WithVoice)
      talk();
    g_signal_emit_by_name(webrtcbin_, "create-data-channel", "control", nullptr, channel_.out());
  }
  ASSERT_TRUE(pipeline_.setState(GST_STATE_PLAYING));
  auto created = lifetime_.bind([this, onOffer](const base::Result<std::shared_ptr<gst::Reply>>& reply) {
    ASSERT_TRUE(reply) << reply.error().message;
    GstWebRTCSessionDescription* description = nullptr;
    gst_structure_get((*reply)->structure(), "offer", GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &description, nullptr);
    const glib::Owned<GstWebRTCSessionDescription> offer(description);
    onOffer(glib::takeString(gst_sdp_message_as_text(offer->sdp)));
    g_signal_emit_by_name(webrtcbin_, "set-local-description", offer.get(), nullptr);
  });
  g_signal_emit_by_name(webrtcbin_, "create-offer", nullptr, gst::makePromise(context_, created).get());
}

void WebrtcbinViewer::setAnswer(const std::string& sdp) {
  GstSDPMessage* message = nullptr;
  ASSERT_EQ(gst_sdp_message_new_from_text(sdp.c_str(), &message), GST_SDP_OK);
  const glib::Owned<GstWebRTCSessionDescription> answer(
      gst_webrtc_session_description_new(GST_WEBRTC_SDP_TYPE_ANSWER, message));
  g_signal_emit_by_name(webrtcbin_, "set-remote-description", answer.get(), nullptr);
}

void WebrtcbinViewer::addCandidate(const session::IceCandidate& candidate) {
  if (!candidate.candidate.empty())
    g_signal_emit_by_name(webrtcbin_, "add-ice-candidate", static_cast<guint>(candidate.sdpMLineIndex.value_or(0)),
                          candidate.candidate.c_str());
}

void WebrtcbinViewer::openChannels(int count) {
  for (int i = 0; i < count; ++i)
    g_signal_emit_by_name(webrtcbin_, "create-data-channel", "another", nullptr, moreChannels_.emplace_back().out());
}

bool WebrtcbinViewer::isOpen() const {
  GstWebRTCDataChannelState state = GST_WEBRTC_DATA_CHANNEL_STATE_CONNECTING;
  g_object_get(channel_.get(), "ready-state", &state, nullptr);
  return state == GST_WEBRTC_DATA_CHANNEL_STATE_OPEN;
}

void WebrtcbinViewer::send(const std::string& text) {
  g_signal_emit_by_name(channel_.get(), "send-string", text.c_str());
}

void WebrtcbinViewer::requestKeyFrame() {
  const auto sink = gst::findElement(pipeline_.element(), "pictures");
  const auto pad = gst::staticPad(sink.get(), "sink");
  gst_pad_push_event(pad.get(), gst_video_event_new_upstream_force_key_unit(GST_CLOCK_TIME_NONE, TRUE, 0));
}

// On webrtcbin's streaming thread, which may add elements there.
void WebrtcbinViewer::onPad(GstPad* pad) {
  if (GST_PAD_DIRECTION(pad) != GST_PAD_SRC)
    return;
  const auto received = gst::Ref<GstCaps>::adopt(gst_pad_get_current_caps(pad));
  if (g_strcmp0(gst_structure_get_string(gst_caps_get_structure(received.get(), 0), "media"), "audio") == 0)
    return onSound(pad);
  GstElement* bin = *pipeline_.addBin(kReceive);
  gst_element_sync_state_with_parent(bin);
  const auto sink = gst::findElement(bin, "pictures");
  probes_.emplace_back(gst::staticPad(sink.get(), "sink"), GST_PAD_PROBE_TYPE_BUFFER,
                       [pictures = pictures_, keyFrames = keyFrames_, width = width_, height = height_](
                           GstPad* from, GstPadProbeInfo* info) {
                         GstBuffer* buffer = GST_PAD_PROBE_INFO_BUFFER(info);
                         const auto caps = gst::Ref<GstCaps>::adopt(gst_pad_get_current_caps(from));
                         int value = 0;
                         if (gst_structure_get_int(gst_caps_get_structure(caps.get(), 0), "width", &value))
                           *width = value;
                         if (gst_structure_get_int(gst_caps_get_structure(caps.get(), 0), "height", &value))
                           *height = value;
                         if (!GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT))
                           ++*keyFrames;
                         ++*pictures;
                         return GST_PAD_PROBE_OK;
                       });
  watchTimestamps(pad);
  watchReports();
  const auto input = gst::staticPad(bin, "sink");
  gst_pad_link(pad, input.get());
}

void WebrtcbinViewer::onSound(GstPad* pad) {
  watchTimestamps(pad);
  GstElement* sink = pipeline_.add(std::move(*gst::makeElement("fakesink")));
  gst::setBoolean(sink, "sync", false);
  gst_element_sync_state_with_parent(sink);
  const auto input = gst::staticPad(sink, "sink");
  probes_.emplace_back(input.clone(), GST_PAD_PROBE_TYPE_BUFFER, [packets = soundPackets_](GstPad*, GstPadProbeInfo*) {
    ++*packets;
    return GST_PAD_PROBE_OK;
  });
  gst_pad_link(pad, input.get());
}

// Of RTP itself: the receiver's buffers carry what its jitter buffer made of them.
void WebrtcbinViewer::watchTimestamps(GstPad* pad) {
  probes_.emplace_back(
      gst::Ref<GstPad>::retain(pad), GST_PAD_PROBE_TYPE_BUFFER,
      [inOrder = inOrder_, last = std::optional<std::uint32_t>()](GstPad*, GstPadProbeInfo* info) mutable {
        GstRTPBuffer packet = GST_RTP_BUFFER_INIT;
        if (!gst_rtp_buffer_map(GST_PAD_PROBE_INFO_BUFFER(info), GST_MAP_READ, &packet))
          return GST_PAD_PROBE_OK;
        const std::uint32_t time = gst_rtp_buffer_get_timestamp(&packet);
        if (last && static_cast<std::int32_t>(time - *last) < 0)
          *inOrder = false;
        last = time;
        gst_rtp_buffer_unmap(&packet);
        return GST_PAD_PROBE_OK;
      });
}

void WebrtcbinViewer::watchReports() {
  const auto rtpbin = gst::findElement(webrtcbin_, "rtpbin");
  for (const auto& pad : gst::sinkPads(rtpbin.get()))
    if (g_str_has_prefix(GST_PAD_NAME(pad.get()), "recv_rtcp_sink_"))
      probes_.emplace_back(pad.clone(), GST_PAD_PROBE_TYPE_BUFFER,
                           [reports = senderReports_](GstPad*, GstPadProbeInfo* info) {
                             GstRTCPBuffer compound = GST_RTCP_BUFFER_INIT;
                             if (!gst_rtcp_buffer_map(GST_PAD_PROBE_INFO_BUFFER(info), GST_MAP_READ, &compound))
                               return GST_PAD_PROBE_OK;
                             GstRTCPPacket first;
                             if (gst_rtcp_buffer_get_first_packet(&compound, &first) &&
                                 gst_rtcp_packet_get_type(&first) == GST_RTCP_TYPE_SR)
                               ++*reports;
                             gst_rtcp_buffer_unmap(&compound);
                             return GST_PAD_PROBE_OK;
                           });
}

}  // namespace fanlight::test
