// SPDX-License-Identifier: Apache-2.0
// A viewer's offer, read before webrtcbin sees anything of it: what each media line is for, with which payload, and
// over which transport. Any thread.
//
// webrtcbin is never told the viewer's own text, but a description of the lines that are used, written anew from what
// was understood (webrtcbin_offer.h). So nothing that an offer may hold besides can make it fail.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <gst/sdp/sdp.h>

#include "gst/ref_traits.h"
#include "session/peer.h"
#include "webrtc/fingerprint.h"
#include "webrtc/media_attributes.h"

namespace fanlight::glib {
template <>
struct Free<GstSDPMessage> {
  void operator()(GstSDPMessage* message) const { gst_sdp_message_free(message); }
};
}  // namespace fanlight::glib

namespace fanlight::webrtc {

/// More than any browser sends for one camera; an offer beyond it is refused.
inline constexpr unsigned kMaxMediaLines = 16;

enum class MediaRole {
  Video,     ///< we send it
  Audio,     ///< a line that can carry sound, or that the bundle stands on and is answered inactive
  Data,      ///< the data channels
  Rejected,  ///< port 0 in the answer
};

/// RTP header extensions that we send, by the ids of the offer.
struct HeaderExtensions {
  std::optional<unsigned> transportWideCc;  ///< only where the payload has transport-cc feedback too
  std::optional<unsigned> playoutDelay;
};

/// RTCP that the viewer sends about a payload (RFC 4585, 4.2).
struct Feedback {
  bool nack = false;
  bool pictureLoss = false;
  bool fullIntraRequest = false;
};

/// Ours to send or to receive; of Video and Audio.
struct Payload {
  unsigned type = 0;
  std::optional<unsigned> retransmission;  ///< the payload type of RFC 4588 for it
  Feedback feedback;
  HeaderExtensions extensions;
  std::string formatParameters;  ///< a=fmtp as the answer states it
};

/// What the answer repeats of a line that it rejects.
struct LineForm {
  std::string kind;
  std::string protocol;
  std::string format;    ///< the first
  std::string encoding;  ///< its a=rtpmap; empty where it has none
};

struct MediaLine {
  unsigned index = 0;  ///< in the viewer's offer
  std::string mid;     ///< empty where the offer gives none
  LineForm form;
  MediaRole role = MediaRole::Rejected;
  bool sharesTransport = false;  ///< with the video, by BUNDLE, used or not: candidates for it are candidates for video
  Direction direction = Direction::SendReceive;  ///< the viewer's
  Payload payload;                               ///< of Video and Audio
  bool carriesOurSound = false;                  ///< of Audio: the first one that the viewer would hear us by
  std::optional<std::uint32_t> voice;  ///< of Audio: the SSRC of what the viewer says; on the first that has one
  bool isForeign = false;  ///< of Audio: in a codec that we lack, which the answer repeats; webrtcbin is told of Opus
  // of Data
  unsigned sctpPort = 0;
  std::optional<unsigned> maxMessageSize;
  // Of all but Rejected, once the offer was read.
  unsigned webrtcbinIndex = 0;    ///< in Offer::forWebrtcbin
  gst::Ref<GstCaps> preferences;  ///< of Video and Audio: for the transceiver's codec-preferences
};

/// Of the one transport that video and all lines bundled with it use.
struct Transport {
  unsigned line =
      0;  ///< the one that stands for it, the BUNDLE group's tagged one (RFC 9143, 7.3.1); as MediaLine::index
  std::string iceUfrag;
  std::string icePwd;
  std::string setup;  ///< RFC 8842
  std::vector<Fingerprint> fingerprints;
};

/// Move-only.
struct Offer {
  std::vector<MediaLine> lines;  ///< one for each m-line, in its order
  std::vector<unsigned> bundle;  ///< the lines that are used, in the order of the offer's group; empty: it has no group
  Transport transport;
  std::vector<session::IceCandidate> candidates;  ///< of all lines; nothing has judged them yet
  glib::Owned<GstSDPMessage> forWebrtcbin;        ///< video first, and no line that is rejected

  const MediaLine& video() const;
  /// The line that a candidate is for; nullptr where that is none of the offer's.
  const MediaLine* find(const session::IceCandidate& candidate) const;
};

/// Refused: BadOffer (not SDP, no ICE or DTLS in it, numbers out of range, too many lines), UnsupportedOffer (no H.264
/// video to receive that a constrained-baseline encoder can serve).
session::Answered<Offer> parseOffer(const std::string& sdp);

}  // namespace fanlight::webrtc
