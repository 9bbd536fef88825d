// SPDX-License-Identifier: Apache-2.0
// Reading SDP (RFC 8866) as JSEP (RFC 9429) offers it.
#include "webrtc/offer.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "webrtc/h264_format.h"
#include "webrtc/rtp_extensions.h"

namespace fanlight::webrtc {
namespace {

using session::RefusalCode;
using session::refuse;

constexpr std::string_view kRtpProtocol = "UDP/TLS/RTP/SAVPF";
constexpr std::string_view kDataProtocol = "UDP/DTLS/SCTP";

std::string_view view(const char* text) {
  return text ? std::string_view(text) : std::string_view();
}

std::optional<unsigned> toNumber(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::vector<std::string_view> attributes(const GstSDPMedia* media, const char* name) {
  std::vector<std::string_view> values;
  for (guint i = 0; const char* value = gst_sdp_media_get_attribute_val_n(media, name, i); ++i)
    values.emplace_back(value);
  return values;
}

// The part after "PT " of the attribute that is for this payload type.
std::string_view ofPayload(const GstSDPMedia* media, const char* name, std::string_view payloadType) {
  for (const std::string_view value : attributes(media, name))
    if (value.starts_with(payloadType) && value.substr(payloadType.size()).starts_with(' '))
      return value.substr(payloadType.size() + 1);
  return {};
}

bool isEncoding(const GstSDPMedia* media, std::string_view payloadType, std::string_view encoding) {
  const std::string_view map = ofPayload(media, "rtpmap", payloadType);
  return map.size() >= encoding.size() && g_ascii_strncasecmp(map.data(), encoding.data(), encoding.size()) == 0;
}

std::optional<unsigned> extensionId(const GstSDPMedia* media, std::string_view uri) {
  for (const std::string_view value : attributes(media, "extmap")) {
    const std::size_t space = value.find(' ');
    if (space == std::string_view::npos || !value.substr(space + 1).starts_with(uri))
      continue;
    // The id may carry a direction: "4/sendonly".
    return toNumber(value.substr(0, std::min(space, value.find('/'))));
  }
  return std::nullopt;
}

bool hasFeedback(const GstSDPMedia* media, std::string_view payloadType, std::string_view feedback) {
  return std::ranges::any_of(attributes(media, "rtcp-fb"), [payloadType, feedback](std::string_view value) {
    const std::size_t space = value.find(' ');
    return space != std::string_view::npos && value.substr(space + 1) == feedback &&
           (value.substr(0, space) == payloadType || value.substr(0, space) == "*");
  });
}

bool hasAttribute(const GstSDPMedia* media, const char* name) {
  return gst_sdp_media_get_attribute_val(media, name) != nullptr;
}

// Whether the viewer is ready to receive on this line.
bool receives(const GstSDPMedia* media) {
  return !hasAttribute(media, "sendonly") && !hasAttribute(media, "inactive");
}

bool sends(const GstSDPMedia* media) {
  return !hasAttribute(media, "recvonly") && !hasAttribute(media, "inactive");
}

// Port 0 takes a line out, unless it is to be bundled with another one (RFC 9143, 6).
bool isRejectedByOffer(const GstSDPMedia* media) {
  return gst_sdp_media_get_port(media) == 0 && !hasAttribute(media, "bundle-only");
}

void takeOut(GstSDPMedia* media) {
  gst_sdp_media_set_port_info(media, 0, 0);
  for (guint i = gst_sdp_media_attributes_len(media); i-- > 0;)
    if (g_str_equal(gst_sdp_media_get_attribute(media, i)->key, "bundle-only"))
      gst_sdp_media_remove_attribute(media, i);
}

// What webrtcbin is to match and to answer with: the offer's caps of one payload, less what would make their
// intersection with ours fail or would announce an extension that we do not send.
gst::Ref<GstCaps> preferencesFor(const GstSDPMedia* media, int payloadType, const HeaderExtensions& extensions) {
  auto caps = gst::Ref<GstCaps>::adopt(gst_sdp_media_get_caps_from_media(media, payloadType));
  if (!caps)
    return nullptr;
  gst_sdp_media_attributes_to_caps(media, caps.get());
  GstStructure* structure = gst_caps_get_structure(caps.get(), 0);
  gst_structure_set_name(structure, "application/x-rtp");
  gst_structure_filter_and_map_in_place(
      structure,
      [](GQuark field, GValue*, gpointer) noexcept -> gboolean {
        const std::string_view name = g_quark_to_string(field);
        constexpr std::string_view kDropped[] = {"rtcp-fb-", "ssrc-", "a-", "extmap-", "profile", "sprop-"};
        return std::ranges::none_of(kDropped, [name](std::string_view prefix) { return name.starts_with(prefix); });
      },
      nullptr);
  const auto keep = [structure](std::optional<unsigned> id, const char* uri) {
    if (id)
      gst_structure_set(structure, fmt::format("extmap-{}", *id).c_str(), G_TYPE_STRING, uri, nullptr);
  };
  keep(extensions.transportWideCc, kTransportWideCcUri);
  keep(extensions.playoutDelay, kPlayoutDelayUri);
  return caps;
}

// The payload type that suits our encoder best; empty where none does.
std::string_view chooseVideoPayload(const GstSDPMedia* media) {
  std::string_view best;
  int bestSuitability = 0;
  for (guint i = 0; i < gst_sdp_media_formats_len(media); ++i) {
    const std::string_view payloadType = view(gst_sdp_media_get_format(media, i));
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
  for (guint i = 0; i < gst_sdp_media_formats_len(media); ++i)
    if (isEncoding(media, view(gst_sdp_media_get_format(media, i)), "opus/48000"))
      return view(gst_sdp_media_get_format(media, i));
  return {};
}

bool take(const GstSDPMedia* media, std::string_view payloadType, MediaRole role, MediaLine& line) {
  const auto number = toNumber(payloadType);
  if (!number)
    return false;
  line.payloadType = static_cast<int>(*number);
  if (role == MediaRole::Video) {
    if (hasFeedback(media, payloadType, "transport-cc"))
      line.extensions.transportWideCc = extensionId(media, kTransportWideCcUri);
    line.extensions.playoutDelay = extensionId(media, kPlayoutDelayUri);
    line.formatParameters = h264AnswerParameters(ofPayload(media, "fmtp", payloadType));
  }
  line.preferences = preferencesFor(media, line.payloadType, line.extensions);
  line.role = line.preferences ? role : MediaRole::Rejected;
  return line.role == role;
}

// Which roles are still to be given, as the lines are gone through in their order.
class Roles {
 public:
  void assign(const GstSDPMedia* media, MediaLine& line) {
    const std::string_view kind = view(gst_sdp_media_get_media(media));
    const std::string_view protocol = view(gst_sdp_media_get_proto(media));
    if (isRejectedByOffer(media))
      return;
    if (kind == "application" && protocol == kDataProtocol && !hasData_) {
      line.role = MediaRole::Data;
      hasData_ = true;
    }
    if (protocol != kRtpProtocol)
      return;
    if (kind == "video" && !hasVideo_ && receives(media))
      hasVideo_ = take(media, chooseVideoPayload(media), MediaRole::Video, line);
    if (kind == "audio")
      assignAudio(media, line);
  }
  bool hasVideo() const { return hasVideo_; }

 private:
  // One line may serve both directions, or one each.
  void assignAudio(const GstSDPMedia* media, MediaLine& line) {
    const bool isOfUse = (receives(media) && !hasAudioOut_) || (sends(media) && !hasAudioIn_);
    if (!isOfUse || !take(media, chooseAudioPayload(media), MediaRole::Audio, line))
      return;
    hasAudioOut_ |= receives(media);
    hasAudioIn_ |= sends(media);
  }

  bool hasVideo_ = false;
  bool hasAudioOut_ = false;
  bool hasAudioIn_ = false;
  bool hasData_ = false;
};

glib::Owned<GstSDPMessage> parse(const std::string& sdp) {
  GstSDPMessage* message = nullptr;
  if (!sdp.starts_with("v=0") || gst_sdp_message_new(&message) != GST_SDP_OK)
    return nullptr;
  glib::Owned<GstSDPMessage> owned(message);
  const auto* data = reinterpret_cast<const guint8*>(sdp.data());
  if (gst_sdp_message_parse_buffer(data, static_cast<guint>(sdp.size()), message) != GST_SDP_OK)
    return nullptr;
  return owned;
}

// Of the session and of each line that is used; a promise of a weak digest only is none.
std::vector<Fingerprint> collectFingerprints(const GstSDPMessage* message) {
  std::vector<Fingerprint> found;
  const auto add = [&found](const char* value) {
    if (auto fingerprint = parseFingerprint(value))
      found.push_back(std::move(*fingerprint));
  };
  for (guint i = 0; const char* value = gst_sdp_message_get_attribute_val_n(message, "fingerprint", i); ++i)
    add(value);
  for (guint m = 0; m < gst_sdp_message_medias_len(message); ++m)
    for (guint i = 0;
         const char* value = gst_sdp_media_get_attribute_val_n(gst_sdp_message_get_media(message, m), "fingerprint", i);
         ++i)
      add(value);
  return found;
}

bool hasIce(const GstSDPMessage* message, const GstSDPMedia* media) {
  const auto has = [message, media](const char* name) {
    return gst_sdp_message_get_attribute_val(message, name) || gst_sdp_media_get_attribute_val(media, name);
  };
  return has("ice-ufrag") && has("ice-pwd");
}

}  // namespace

const MediaLine& Offer::video() const {
  return *std::ranges::find(lines, MediaRole::Video, &MediaLine::role);
}

session::Answered<Offer> parseOffer(const std::string& sdp) {
  Offer offer;
  offer.message = parse(sdp);
  if (!offer.message)
    return refuse(RefusalCode::BadOffer, "the offer is not SDP: send what createOffer() gave");
  const guint count = gst_sdp_message_medias_len(offer.message.get());
  if (count > kMaxMediaLines)
    return refuse(RefusalCode::BadOffer,
                  fmt::format("the offer has {} media lines; {} are taken", count, kMaxMediaLines));
  Roles roles;
  for (guint i = 0; i < count; ++i) {
    auto* media = const_cast<GstSDPMedia*>(gst_sdp_message_get_media(offer.message.get(), i));
    MediaLine line;
    line.index = i;
    line.mid = view(gst_sdp_media_get_attribute_val(media, "mid"));
    roles.assign(media, line);
    if (line.role == MediaRole::Rejected)
      takeOut(media);
    offer.lines.push_back(std::move(line));
  }
  if (!roles.hasVideo())
    return refuse(RefusalCode::UnsupportedOffer,
                  "the offer has no video line that receives H.264 in packetization mode 1: nothing can be sent");
  offer.fingerprints = collectFingerprints(offer.message.get());
  if (offer.fingerprints.empty())
    return refuse(RefusalCode::BadOffer,
                  "the offer has no a=fingerprint of sha-256 or better: media is sent only encrypted");
  if (!hasIce(offer.message.get(), gst_sdp_message_get_media(offer.message.get(), offer.video().index)))
    return refuse(RefusalCode::BadOffer, "the offer has no a=ice-ufrag and a=ice-pwd");
  return offer;
}

}  // namespace fanlight::webrtc
