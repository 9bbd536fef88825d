// SPDX-License-Identifier: Apache-2.0
// Reading SDP (RFC 8866) as JSEP (RFC 9429) offers it.
#include "webrtc/offer.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "webrtc/h264_format.h"
#include "webrtc/media_attributes.h"
#include "webrtc/rtp_extensions.h"
#include "webrtc/webrtcbin_offer.h"

namespace fanlight::webrtc {
namespace {

using session::RefusalCode;
using session::refuse;

constexpr std::string_view kRtpProtocol = "UDP/TLS/RTP/SAVPF";
constexpr std::string_view kDataProtocol = "UDP/DTLS/SCTP";
constexpr std::string_view kDataFormat = "webrtc-datachannel";
// What Chromium asks of Opus; GStreamer's decoder makes use of it too.
constexpr const char* kOpusParameters = "minptime=10;useinbandfec=1";

constexpr unsigned kMaxPort = 65535;
// RFC 8839, 5.4.
constexpr std::size_t kMinUfrag = 4;
constexpr std::size_t kMinPwd = 22;
constexpr std::size_t kMaxUfragOrPwd = 256;

// Port 0 takes a line out, unless it is to be bundled with another one (RFC 9143, 6).
bool isRejectedByOffer(const GstSDPMedia* media) {
  return gst_sdp_media_get_port(media) == 0 && !gst_sdp_media_get_attribute_val(media, "bundle-only");
}

// The payload type that suits our encoder best; empty where none does.
std::string_view chooseVideoPayload(const GstSDPMedia* media) {
  std::string_view best;
  int bestSuitability = 0;
  for (const std::string_view payloadType : formats(media)) {
    if (!isEncoding(media, payloadType, "H264/90000"))
      continue;
    const int suitability = h264Suitability(ofPayload(media, "fmtp", payloadType));
    if (suitability > bestSuitability) {
      best = payloadType;
      bestSuitability = suitability;
    }
  }
  return best;
}

std::string_view chooseAudioPayload(const GstSDPMedia* media) {
  for (const std::string_view payloadType : formats(media))
    // GStreamer's receivers leave the channels out, which RFC 7587 wants there.
    if (isEncoding(media, payloadType, "opus/48000/2") || isEncoding(media, payloadType, "opus/48000"))
      return payloadType;
  return {};
}

std::optional<unsigned> findRetransmission(const GstSDPMedia* media, std::string_view payloadType) {
  for (const std::string_view candidate : formats(media))
    if (isEncoding(media, candidate, "rtx/90000") &&
        formatParameter(ofPayload(media, "fmtp", candidate), "apt") == payloadType)
      return toPayloadType(candidate);
  return std::nullopt;
}

Payload readVideoPayload(const GstSDPMedia* media, std::string_view payloadType, unsigned number) {
  Payload payload;
  payload.type = number;
  payload.retransmission = findRetransmission(media, payloadType);
  payload.feedback = {hasFeedback(media, payloadType, "nack"), hasFeedback(media, payloadType, "nack pli"),
                      hasFeedback(media, payloadType, "ccm fir")};
  if (hasFeedback(media, payloadType, "transport-cc"))
    payload.extensions.transportWideCc = extensionId(media, kTransportWideCcUri);
  payload.extensions.playoutDelay = extensionId(media, kPlayoutDelayUri);
  if (payload.extensions.playoutDelay == payload.extensions.transportWideCc)
    payload.extensions.playoutDelay.reset();
  payload.formatParameters = h264AnswerParameters(ofPayload(media, "fmtp", payloadType));
  return payload;
}

// Gives the roles, as far as the lines alone tell them.
class Reader {
 public:
  explicit Reader(const GstSDPMessage* message) : message_(message) {}

  session::Answered<Offer> read() {
    for (guint i = 0; i < gst_sdp_message_medias_len(message_); ++i)
      offer_.lines.push_back(readLine(i));
    const auto assigned = assignVideo();
    if (!assigned)
      return tl::unexpected(assigned.error());
    assignOthers();
    if (const auto read = readTransport(); !read)
      return tl::unexpected(read.error());
    if (!prepareForWebrtcbin(offer_))
      return refuse(RefusalCode::BadOffer, "the offer's lines make no description");
    return std::move(offer_);
  }

 private:
  const GstSDPMedia* mediaOf(unsigned line) const { return gst_sdp_message_get_media(message_, line); }

  MediaLine readLine(unsigned index) {
    const GstSDPMedia* media = mediaOf(index);
    MediaLine line;
    line.index = index;
    line.mid = view(gst_sdp_media_get_attribute_val(media, "mid"));
    line.form.kind = view(gst_sdp_media_get_media(media));
    line.form.protocol = view(gst_sdp_media_get_proto(media));
    if (gst_sdp_media_formats_len(media) > 0)
      line.form.format = view(gst_sdp_media_get_format(media, 0));
    line.form.encoding = ofPayload(media, "rtpmap", line.form.format);
    line.direction = directionOf(message_, media);
    for (const std::string_view value : attributes(media, "candidate"))
      offer_.candidates.push_back({"candidate:" + std::string(value),
                                   line.mid.empty() ? std::nullopt : std::optional(line.mid), static_cast<int>(index),
                                   std::nullopt});
    return line;
  }

  session::Answered<void> assignVideo() {
    for (MediaLine& line : offer_.lines) {
      const GstSDPMedia* media = mediaOf(line.index);
      const bool isWanted = line.form.kind == "video" && line.form.protocol == kRtpProtocol &&
                            receives(line.direction) && !isRejectedByOffer(media);
      const std::string_view chosen = isWanted ? chooseVideoPayload(media) : std::string_view();
      if (chosen.empty())
        continue;
      const auto number = toPayloadType(chosen);
      if (!number)
        return refuse(RefusalCode::BadOffer,
                      fmt::format("the payload type '{}' of video is none: they are 0 to 127", chosen));
      line.role = MediaRole::Video;
      line.payload = readVideoPayload(media, chosen, *number);
      line.sharesTransport = true;
      return {};
    }
    return refuse(RefusalCode::UnsupportedOffer,
                  "the offer has no video line that receives H.264 in packetization mode 1: nothing can be sent");
  }

  // Of the lines that the offer bundles with video; each other one would need a transport of its own.
  void assignOthers() {
    const std::vector<unsigned> group = groupOfVideo();
    for (const unsigned index : group)
      offer_.lines[index].sharesTransport = true;
    for (MediaLine& line : offer_.lines)
      if (line.sharesTransport && line.role == MediaRole::Rejected && !isRejectedByOffer(mediaOf(line.index)))
        assign(line);
    if (!group.empty())
      holdOpen(offer_.lines[group.front()]);
    std::ranges::copy_if(group, std::back_inserter(offer_.bundle),
                         [this](unsigned index) { return offer_.lines[index].role != MediaRole::Rejected; });
  }

  // In its order; a mid that stands twice means the first line that has it.
  std::vector<unsigned> groupOfVideo() const {
    for (const std::string_view group : attributes(message_, "group")) {
      const auto mids = words(group);
      if (mids.empty() || mids[0] != "BUNDLE")
        continue;
      std::vector<unsigned> lines;
      for (std::size_t i = 1; i < mids.size(); ++i) {
        const auto line = std::ranges::find(offer_.lines, mids[i], &MediaLine::mid);
        if (line != offer_.lines.end() && std::ranges::find(lines, line->index) == lines.end())
          lines.push_back(line->index);
      }
      if (std::ranges::find(lines, offer_.video().index) != lines.end())
        return lines;
    }
    return {};
  }

  void assign(MediaLine& line) {
    if (line.form.kind == "audio" && line.form.protocol == kRtpProtocol)
      assignAudio(line);
    if (line.form.kind == "application" && line.form.protocol == kDataProtocol && line.form.format == kDataFormat)
      assignData(line);
  }

  // The bundle's first line is the one whose transport the viewer set up: Chromium with the bundle policy 'max-bundle'
  // takes no answer that rejects it, and GStreamer finds no way to us then.
  void holdOpen(MediaLine& line) {
    const auto number = toPayloadType(line.form.format);
    const bool isAudio = line.form.kind == "audio" && line.form.protocol == kRtpProtocol;
    const bool isToUse = isAudio && !isRejectedByOffer(mediaOf(line.index)) && carriesTransport(line.index);
    if (line.role != MediaRole::Rejected || !isToUse || !number)
      return;
    line.role = MediaRole::Audio;
    line.isForeign = true;
    line.payload.type = *number;
    line.payload.formatParameters = kOpusParameters;
  }

  // One line may serve both directions, or one each.
  void assignAudio(MediaLine& line) {
    const bool isOfUse = (receives(line.direction) && !hasAudioOut_) || (sends(line.direction) && !hasAudioIn_);
    const auto number = toPayloadType(chooseAudioPayload(mediaOf(line.index)));
    if (!isOfUse || !number)
      return;
    line.role = MediaRole::Audio;
    line.payload.type = *number;
    line.payload.formatParameters = kOpusParameters;
    line.carriesOurSound = receives(line.direction) && !hasAudioOut_;
    if (sends(line.direction) && !hasAudioIn_)
      line.voice = announcedSource(mediaOf(line.index));
    hasAudioOut_ |= receives(line.direction);
    hasAudioIn_ |= sends(line.direction);
  }

  // Without it webrtcbin would take what comes for video, the first line that it knows.
  static std::optional<std::uint32_t> announcedSource(const GstSDPMedia* media) {
    const auto sources = attributes(media, "ssrc");
    return sources.empty() ? std::nullopt : toNumber(sources.front().substr(0, sources.front().find(' ')));
  }

  void assignData(MediaLine& line) {
    const GstSDPMedia* media = mediaOf(line.index);
    const auto port = toNumber(view(gst_sdp_media_get_attribute_val(media, "sctp-port")));
    if (hasData_ || !port || *port == 0 || *port > kMaxPort)
      return;
    line.role = MediaRole::Data;
    line.sctpPort = *port;
    line.maxMessageSize = toNumber(view(gst_sdp_media_get_attribute_val(media, "max-message-size")));
    hasData_ = true;
  }

  // What the line says, else what the session says.
  std::string_view transportAttribute(unsigned line, const char* name) const {
    const char* own = gst_sdp_media_get_attribute_val(mediaOf(line), name);
    return view(own ? own : gst_sdp_message_get_attribute_val(message_, name));
  }

  // RFC 9143, 7.3.1: the first line of the group that is accepted and is not there only to be bundled.
  unsigned taggedLine() const {
    const auto tagged = std::ranges::find_if(
        offer_.bundle, [this](unsigned line) { return gst_sdp_media_get_port(mediaOf(line)) != 0; });
    return tagged == offer_.bundle.end() ? offer_.video().index : *tagged;
  }

  bool hasIce(unsigned line) const {
    return isIceText(transportAttribute(line, "ice-ufrag"), kMinUfrag) &&
           isIceText(transportAttribute(line, "ice-pwd"), kMinPwd);
  }

  bool carriesTransport(unsigned line) const { return hasIce(line) && !fingerprintsOf(line).empty(); }

  session::Answered<void> readTransport() {
    Transport& transport = offer_.transport;
    transport.line = taggedLine();
    transport.fingerprints = fingerprintsOf(transport.line);
    if (transport.fingerprints.empty())
      return refuse(RefusalCode::BadOffer,
                    "the offer has no a=fingerprint of sha-256 or better: media is sent only encrypted");
    transport.iceUfrag = transportAttribute(transport.line, "ice-ufrag");
    transport.icePwd = transportAttribute(transport.line, "ice-pwd");
    if (!hasIce(transport.line))
      return refuse(RefusalCode::BadOffer, "the offer has no a=ice-ufrag and a=ice-pwd");
    const std::string_view setup = transportAttribute(transport.line, "setup");
    if (!setup.empty() && setup != "actpass" && setup != "active" && setup != "passive")
      return refuse(RefusalCode::BadOffer, "the offer's a=setup is none of actpass, active and passive");
    transport.setup = setup.empty() ? "actpass" : setup;
    return {};
  }

  // A promise of a weak digest only is none.
  std::vector<Fingerprint> fingerprintsOf(unsigned line) const {
    auto values = attributes(mediaOf(line), "fingerprint");
    if (values.empty())
      values = attributes(message_, "fingerprint");
    std::vector<Fingerprint> found;
    for (const std::string_view value : values)
      if (auto fingerprint = parseFingerprint(value))
        found.push_back(std::move(*fingerprint));
    return found;
  }

  static bool isIceText(std::string_view text, std::size_t minimum) {
    return text.size() >= minimum && text.size() <= kMaxUfragOrPwd &&
           std::ranges::all_of(text, [](char c) { return g_ascii_isalnum(c) || c == '+' || c == '/'; });
  }

  const GstSDPMessage* message_;
  Offer offer_;
  bool hasAudioOut_ = false;
  bool hasAudioIn_ = false;
  bool hasData_ = false;
};

glib::Owned<GstSDPMessage> parse(const std::string& sdp) {
  GstSDPMessage* message = nullptr;
  const bool isText = g_utf8_validate_len(sdp.data(), sdp.size(), nullptr);
  if (!isText || !sdp.starts_with("v=0") || gst_sdp_message_new(&message) != GST_SDP_OK)
    return nullptr;
  glib::Owned<GstSDPMessage> owned(message);
  const auto* data = reinterpret_cast<const guint8*>(sdp.data());
  if (gst_sdp_message_parse_buffer(data, static_cast<guint>(sdp.size()), message) != GST_SDP_OK)
    return nullptr;
  return owned;
}

}  // namespace

const MediaLine& Offer::video() const {
  return *std::ranges::find(lines, MediaRole::Video, &MediaLine::role);
}

const MediaLine* Offer::find(const session::IceCandidate& candidate) const {
  const auto matches = [&candidate](const MediaLine& line) {
    return candidate.sdpMid ? line.mid == *candidate.sdpMid
                            : static_cast<int>(line.index) == candidate.sdpMLineIndex.value_or(-1);
  };
  const auto line = std::ranges::find_if(lines, matches);
  return line == lines.end() ? nullptr : &*line;
}

session::Answered<Offer> parseOffer(const std::string& sdp) {
  const auto message = parse(sdp);
  if (!message)
    return refuse(RefusalCode::BadOffer, "the offer is not SDP: send what createOffer() gave");
  const guint count = gst_sdp_message_medias_len(message.get());
  if (count > kMaxMediaLines)
    return refuse(RefusalCode::BadOffer,
                  fmt::format("the offer has {} media lines; {} are taken", count, kMaxMediaLines));
  return Reader(message.get()).read();
}

}  // namespace fanlight::webrtc
