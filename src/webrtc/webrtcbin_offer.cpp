// SPDX-License-Identifier: Apache-2.0
// Written as JSEP (RFC 9429, 5.2) has it, with mids of our own: the viewer's need not even be unique.
#include "webrtc/webrtcbin_offer.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "webrtc/rtp_extensions.h"

namespace fanlight::webrtc {
namespace {

const char* textOf(Direction direction) {
  switch (direction) {
    case Direction::SendReceive:
      return "sendrecv";
    case Direction::SendOnly:
      return "sendonly";
    case Direction::ReceiveOnly:
      return "recvonly";
    case Direction::Inactive:
      break;
  }
  return "inactive";
}

std::string transportText(const Transport& transport) {
  std::string text = fmt::format("a=ice-ufrag:{}\r\na=ice-pwd:{}\r\na=setup:{}\r\n", transport.iceUfrag,
                                 transport.icePwd, transport.setup);
  for (const Fingerprint& fingerprint : transport.fingerprints)
    text += fmt::format("a=fingerprint:{} {}\r\n", fingerprint.algorithm, fingerprint.digest);
  return text;
}

std::string extensionsText(const HeaderExtensions& extensions) {
  std::string text;
  if (extensions.transportWideCc)
    text += fmt::format("a=extmap:{} {}\r\n", *extensions.transportWideCc, kTransportWideCcUri);
  if (extensions.playoutDelay)
    text += fmt::format("a=extmap:{} {}\r\n", *extensions.playoutDelay, kPlayoutDelayUri);
  return text;
}

std::string feedbackText(const Payload& payload) {
  std::string text;
  const auto add = [&text, type = payload.type](bool isOffered, const char* feedback) {
    if (isOffered)
      text += fmt::format("a=rtcp-fb:{} {}\r\n", type, feedback);
  };
  add(payload.feedback.nack, "nack");
  add(payload.feedback.pictureLoss, "nack pli");
  add(payload.feedback.fullIntraRequest, "ccm fir");
  add(payload.extensions.transportWideCc.has_value(), "transport-cc");
  return text;
}

std::string retransmissionText(const Payload& payload) {
  return payload.retransmission
             ? fmt::format("a=rtpmap:{0} rtx/90000\r\na=fmtp:{0} apt={1}\r\n", *payload.retransmission, payload.type)
             : std::string();
}

std::string rtpLine(const MediaLine& line, const std::string& common) {
  const Payload& payload = line.payload;
  const bool isVideo = line.role == MediaRole::Video;
  std::string formats = std::to_string(payload.type);
  if (payload.retransmission)
    formats += fmt::format(" {}", *payload.retransmission);
  // What a viewer could send as video is not asked for.
  const Direction direction = isVideo ? Direction::ReceiveOnly : line.direction;
  return fmt::format("m={} 9 UDP/TLS/RTP/SAVPF {}\r\n{}a={}\r\na=rtcp-mux\r\na=rtcp-rsize\r\n",
                     isVideo ? "video" : "audio", formats, common, textOf(direction)) +
         extensionsText(payload.extensions) +
         fmt::format("a=rtpmap:{} {}\r\n", payload.type, isVideo ? "H264/90000" : "opus/48000/2") +
         feedbackText(payload) + fmt::format("a=fmtp:{} {}\r\n", payload.type, payload.formatParameters) +
         retransmissionText(payload) + (line.voice ? fmt::format("a=ssrc:{} cname:viewer\r\n", *line.voice) : "");
}

std::string dataLine(const MediaLine& line, const std::string& common) {
  std::string text =
      fmt::format("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n{}a=sctp-port:{}\r\n", common, line.sctpPort);
  if (line.maxMessageSize)
    text += fmt::format("a=max-message-size:{}\r\n", *line.maxMessageSize);
  return text;
}

std::string describe(const std::vector<MediaLine*>& used, const Transport& transport) {
  std::string group = "a=group:BUNDLE";
  std::string medias;
  for (const MediaLine* line : used) {
    group += fmt::format(" {}", line->webrtcbinIndex);
    const std::string common =
        fmt::format("c=IN IP4 0.0.0.0\r\na=mid:{}\r\n{}", line->webrtcbinIndex, transportText(transport));
    medias += line->role == MediaRole::Data ? dataLine(*line, common) : rtpLine(*line, common);
  }
  return fmt::format("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n{}\r\na=ice-options:trickle\r\n{}", group,
                     medias);
}

std::vector<MediaLine*> usedLines(Offer& offer) {
  std::vector<MediaLine*> used;
  for (MediaLine& line : offer.lines)
    if (line.role != MediaRole::Rejected)
      used.push_back(&line);
  // Video, audio, data: webrtcbin 1.22 takes a transceiver for another line's where they come in another order.
  std::ranges::stable_sort(used, {}, &MediaLine::role);
  for (unsigned i = 0; MediaLine * line : used)
    line->webrtcbinIndex = i++;
  return used;
}

// What webrtcbin is to match and to answer with: the caps of the payload, less what would make their intersection with
// ours fail.
gst::Ref<GstCaps> preferencesFor(const GstSDPMedia* media, const Payload& payload) {
  auto caps = gst::Ref<GstCaps>::adopt(gst_sdp_media_get_caps_from_media(media, static_cast<gint>(payload.type)));
  if (!caps)
    return nullptr;
  gst_sdp_media_attributes_to_caps(media, caps.get());
  GstStructure* structure = gst_caps_get_structure(caps.get(), 0);
  gst_structure_set_name(structure, "application/x-rtp");
  gst_structure_filter_and_map_in_place(
      structure,
      [](GQuark field, GValue*, gpointer) noexcept -> gboolean {
        const std::string_view name = g_quark_to_string(field);
        constexpr std::string_view kDropped[] = {"rtcp-fb-", "ssrc-", "a-", "profile", "sprop-"};
        return std::ranges::none_of(kDropped, [name](std::string_view prefix) { return name.starts_with(prefix); });
      },
      nullptr);
  return caps;
}

}  // namespace

bool prepareForWebrtcbin(Offer& offer) {
  const std::vector<MediaLine*> used = usedLines(offer);
  GstSDPMessage* message = nullptr;
  if (gst_sdp_message_new_from_text(describe(used, offer.transport).c_str(), &message) != GST_SDP_OK)
    return false;
  offer.forWebrtcbin.reset(message);
  for (MediaLine* line : used) {
    if (line->role == MediaRole::Data)
      continue;
    line->preferences = preferencesFor(gst_sdp_message_get_media(message, line->webrtcbinIndex), line->payload);
    if (!line->preferences)
      return false;
  }
  return true;
}

}  // namespace fanlight::webrtc
