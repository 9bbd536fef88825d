// SPDX-License-Identifier: Apache-2.0
// The order of calls that webrtcbin 1.22 to 1.26 answers an offer with.
#include "webrtc/peer_connection.h"

#include <fmt/format.h>
#include <sys/random.h>

#include "gst/mapped_buffer.h"

namespace fanlight::webrtc {
namespace {

// Of what a viewer says. webrtcbin's own 200 ms would be heard as an echo.
constexpr std::int64_t kJitterBufferMilliseconds = 50;

// Of our reports, as browsers send theirs. GStreamer's 5 s would have a viewer wait as long until sound and picture are
// in step, and us for the first round trip.
constexpr std::chrono::nanoseconds kReportInterval = std::chrono::seconds(1);

std::uint32_t randomSsrc() {
  std::uint32_t ssrc = 0;
  // Only a collision would matter, and the payloader would resolve that; so a failure needs no handling.
  [[maybe_unused]] const auto got = ::getrandom(&ssrc, sizeof ssrc, GRND_NONBLOCK);
  return ssrc;
}

bool isElementOf(GstElement* element, const char* factoryName) {
  GstElementFactory* factory = gst_element_get_factory(element);
  return factory && g_str_equal(GST_OBJECT_NAME(factory), factoryName);
}

}  // namespace

PeerConnection::Created PeerConnection::create(const PeerConnectionNeeds& needs, const Offer& offer, AudioWays audio,
                                               const IceSetUp& ice, std::shared_ptr<CongestionControl> control,
                                               gst::Pipeline::ErrorHandler onError) {
  auto connection = std::make_shared<PeerConnection>(Key{}, needs, std::move(control), std::move(onError));
  if (auto built = connection->build(offer, audio, ice); !built)
    return tl::unexpected(built.error());
  return connection;
}

PeerConnection::PeerConnection(Key, const PeerConnectionNeeds& needs, std::shared_ptr<CongestionControl> control,
                               gst::Pipeline::ErrorHandler onError)
    : needs_(needs),
      control_(std::move(control)),
      pipeline_("viewer", needs.timeBase, needs.context, std::move(onError)),
      rtcp_(std::make_shared<std::atomic<base::TimePoint>>()) {}

PeerConnection::~PeerConnection() {
  if (hasRelay_)
    releaseRelays(webrtcbin_);
  // Streaming stops before anything that it calls into goes.
  [[maybe_unused]] const auto stopped = pipeline_.setState(GST_STATE_NULL);
}

base::Result<> PeerConnection::build(const Offer& offer, AudioWays audio, const IceSetUp& ice) {
  auto webrtcbin = gst::makeElement("webrtcbin");
  if (!webrtcbin)
    return tl::unexpected(webrtcbin.error());
  webrtcbin_ = pipeline_.add(std::move(*webrtcbin));
  gst::setFromText(webrtcbin_, "bundle-policy", "max-bundle");
  gst::setInteger(webrtcbin_, "latency", kJitterBufferMilliseconds);
  configureIce(webrtcbin_, ice);
  hasRelay_ = hasRelay(ice.servers);
  path_.emplace(webrtcbin_);
  connectSetUp();
  if (auto ready = pipeline_.setState(GST_STATE_READY); !ready)
    return ready;
  // In the order of the lines that webrtcbin is told of.
  if (auto added = addVideo(offer.video()); !added)
    return added;
  for (const MediaLine& line : offer.lines) {
    if (line.role != MediaRole::Audio)
      continue;
    if (auto added = addAudio(line, {audio.sound && line.carriesOurSound, audio.voice && line.voice}); !added)
      return added;
  }
  return pipeline_.setState(GST_STATE_PLAYING);
}

void PeerConnection::connectSetUp() {
  // Both run where webrtcbin builds its inside, and touch only what they were handed.
  setUp_.push_back(glib::connectDirect<void(GstElement*, GstElement*, GstElement*)>(
      webrtcbin_, "deep-element-added",
      [certificate = needs_.certificate](GstElement*, GstElement*, GstElement* added) {
        if (isElementOf(added, "dtlssrtpdec"))
          gst::setFromText(added, "pem", certificate->pem);
        if (isElementOf(added, "rtpsession"))
          gst::setInteger(added, "rtcp-min-interval", kReportInterval.count());
      }));
  if (control_)
    setUp_.push_back(glib::connectDirect<GstElement*(GstElement*, GstObject*)>(
        webrtcbin_, "request-aux-sender", [control = control_](GstElement*, GstObject*) {
          GstElement* pacer = control->makePacer().release();
          // webrtcbin before 1.24.4 takes over floating references only, and leaks others.
          if (pacer)
            g_object_force_floating(G_OBJECT(pacer));
          return pacer;
        }));
}

base::Result<gst::Ref<GstPad>> PeerConnection::addSender(const MediaLine& line, std::uint32_t ssrc,
                                                         GstWebRTCRTPTransceiverDirection direction) {
  auto pad = gst::Ref<GstPad>::adopt(
      gst_element_request_pad_simple(webrtcbin_, fmt::format("sink_{}", line.webrtcbinIndex).c_str()));
  if (!pad)
    return base::fail(base::ErrorCode::Internal, "webrtcbin gives no pad for " + line.form.kind);
  auto transceiver = gst::getObject<GstWebRTCRTPTransceiver>(pad.get(), "transceiver");
  const auto preferences = gst::Ref<GstCaps>::adopt(gst_caps_copy(line.preferences.get()));
  // Without it the answer announces no SSRC, and Chromium drops every packet without a word.
  gst_structure_set(gst_caps_get_structure(preferences.get(), 0), "ssrc", G_TYPE_UINT, ssrc, nullptr);
  gst::setInteger(transceiver.get(), "direction", direction);
  gst::setCaps(transceiver.get(), "codec-preferences", preferences.get());
  transceivers_.push_back(std::move(transceiver));
  return pad;
}

base::Result<> PeerConnection::addVideo(const MediaLine& line) {
  const std::uint32_t ssrc = randomSsrc();
  const auto pad = addSender(line, ssrc, GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_SENDONLY);
  if (!pad)
    return tl::unexpected(pad.error());
  videoTransceiver_ = transceivers_.back().clone();
  gst::setBoolean(videoTransceiver_.get(), "do-nack", true);
  auto sender = VideoSender::create(pipeline_, pad->get(), line, ssrc, needs_.clock);
  if (!sender)
    return tl::unexpected(sender.error());
  video_ = std::move(*sender);
  reports_ = std::make_shared<RtcpReports>(ssrc);
  owesFeedback_ = line.payload.extensions.transportWideCc.has_value();
  return {};
}

base::Result<> PeerConnection::addAudio(const MediaLine& line, AudioWays ways) {
  if (ways.voice) {
    auto receiver = VoiceReceiver::create(pipeline_, webrtcbin_, line, needs_.clock);
    if (!receiver)
      return tl::unexpected(receiver.error());
    voice_ = std::move(*receiver);
  }
  if (ways.sound)
    return addSound(line, ways.voice ? GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_SENDRECV
                                     : GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_SENDONLY);
  addTransceiver(
      line, ways.voice ? GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_RECVONLY : GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_INACTIVE);
  return {};
}

base::Result<> PeerConnection::addSound(const MediaLine& line, GstWebRTCRTPTransceiverDirection direction) {
  const std::uint32_t ssrc = randomSsrc();
  const auto pad = addSender(line, ssrc, direction);
  if (!pad)
    return tl::unexpected(pad.error());
  auto payloader = gst::makeElement("rtpopuspay");
  if (!payloader)
    return tl::unexpected(payloader.error());
  gst::setInteger(payloader->get(), "pt", line.payload.type);
  gst::setInteger(payloader->get(), "ssrc", ssrc);
  auto source = FeedSource::create(pipeline_, std::move(*payloader), pad->get());
  if (!source)
    return tl::unexpected(source.error());
  sound_ = std::make_unique<FeedSource>(std::move(*source));
  return {};
}

void PeerConnection::addTransceiver(const MediaLine& line, GstWebRTCRTPTransceiverDirection direction) {
  GstWebRTCRTPTransceiver* transceiver = nullptr;
  g_signal_emit_by_name(webrtcbin_, "add-transceiver", direction, line.preferences.get(), &transceiver);
  if (transceiver)
    transceivers_.push_back(gst::Ref<GstWebRTCRTPTransceiver>::adopt(transceiver));
}

void PeerConnection::clearPreferences() {
  for (const auto& transceiver : transceivers_)
    gst::setCaps(transceiver.get(), "codec-preferences", nullptr);
}

gst::Ref<GstWebRTCDTLSTransport> PeerConnection::dtlsTransport() const {
  const auto sender = gst::getObject<GstWebRTCRTPSender>(videoTransceiver_.get(), "sender");
  return sender ? gst::getObject<GstWebRTCDTLSTransport>(sender.get(), "transport") : nullptr;
}

void PeerConnection::watchTraffic() {
  watchRtp();
  watchRtcp();
  watchSctp();
}

// Where it comes out of SRTP: without a line that receives, webrtcbin links nothing behind that, and fails over what
// comes.
void PeerConnection::watchRtp() {
  const auto decoder = gst::findElementOf(webrtcbin_, "dtlssrtpdec");
  probes_.emplace_back(gst::staticPad(decoder.get(), "rtp_src"),
                       GstPadProbeType(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST),
                       voice_ ? voice_->gate() : dropRtp);
}

void PeerConnection::watchRtcp() {
  const auto rtpbin = gst::findElement(webrtcbin_, "rtpbin");
  const auto note = [heard = rtcp_, reports = reports_, &clock = needs_.clock](GstPad*, GstPadProbeInfo* info) {
    heard->store(clock.now(), std::memory_order_relaxed);
    reports->onReceived(GST_PAD_PROBE_INFO_BUFFER(info), clock.now());
    return GST_PAD_PROBE_OK;
  };
  for (const auto& pad : gst::sinkPads(rtpbin.get()))
    if (g_str_has_prefix(GST_PAD_NAME(pad.get()), "recv_rtcp_sink_"))
      probes_.emplace_back(pad.clone(), GST_PAD_PROBE_TYPE_BUFFER, note);
  const auto noteSent = [reports = reports_, &clock = needs_.clock](GstPad*, GstPadProbeInfo* info) {
    reports->onSent(GST_PAD_PROBE_INFO_BUFFER(info), clock.now());
    return GST_PAD_PROBE_OK;
  };
  for (const auto& pad : gst::sourcePads(rtpbin.get()))
    if (g_str_has_prefix(GST_PAD_NAME(pad.get()), "send_rtcp_src_"))
      probes_.emplace_back(pad.clone(), GST_PAD_PROBE_TYPE_BUFFER, noteSent);
  resender_ = gst::findElementOf(webrtcbin_, "rtprtxsend");
}

void PeerConnection::watchSctp() {
  const auto decoder = gst::findElementOf(webrtcbin_, "sctpdec");
  if (!decoder)
    return;
  probes_.emplace_back(gst::staticPad(decoder.get(), "sink"), GST_PAD_PROBE_TYPE_BUFFER,
                       [watch = sctp_](GstPad*, GstPadProbeInfo* info) {
                         const gst::MappedBuffer packet(GST_PAD_PROBE_INFO_BUFFER(info));
                         return watch->inspect(packet.bytes()) == SctpWatch::Verdict::Pass ? GST_PAD_PROBE_OK
                                                                                           : GST_PAD_PROBE_DROP;
                       });
}

session::PeerActivity PeerConnection::activity() const {
  const VideoTraffic video = video_->traffic();
  session::PeerActivity activity{video.sendingSince, std::nullopt, video.lastFeedback, owesFeedback_, std::nullopt};
  if (voice_)
    activity.lastVoice = voice_->lastPacket();
  if (const base::TimePoint heard = rtcp_->load(std::memory_order_relaxed); heard != base::TimePoint{})
    activity.lastRtcp = heard;
  return activity;
}

telemetry::PeerFigures PeerConnection::figures() const {
  telemetry::PeerFigures figures = reports_->figures();
  figures.way.path = path_->chosen();
  if (resender_)
    figures.sent.resentPackets = gst::getUnsigned(resender_.get(), "num-rtx-packets");
  return figures;
}

}  // namespace fanlight::webrtc
