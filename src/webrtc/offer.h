// SPDX-License-Identifier: Apache-2.0
// A viewer's offer, read before webrtcbin sees it: what each media line is for, and with which payload. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <gst/sdp/sdp.h>

#include "gst/ref_traits.h"
#include "session/refusal.h"
#include "webrtc/fingerprint.h"

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
  Audio,     ///< a line that could carry it; answered inactive
  Data,      ///< the data channels
  Rejected,  ///< port 0 in the answer
};

/// RTP header extensions that we send, by the ids of the offer (RFC 8285).
struct HeaderExtensions {
  std::optional<unsigned> transportWideCc;  ///< only where the payload has transport-cc feedback too
  std::optional<unsigned> playoutDelay;
};

struct MediaLine {
  unsigned index = 0;
  std::string mid;
  MediaRole role = MediaRole::Rejected;
  // of Video and Audio
  int payloadType = -1;
  gst::Ref<GstCaps> preferences;  ///< for the transceiver's codec-preferences
  HeaderExtensions extensions;
  std::string formatParameters;  ///< of Video: the a=fmtp that the answer states
};

/// Move-only.
struct Offer {
  glib::Owned<GstSDPMessage> message;  ///< rejected lines have port 0 here, so that webrtcbin refuses them
  std::vector<MediaLine> lines;        ///< one for each m-line, in its order
  std::vector<Fingerprint> fingerprints;

  const MediaLine& video() const;
};

/// Refused: BadOffer (not SDP, no ICE or DTLS in it, too many lines), UnsupportedOffer (no H.264 video to receive that
/// a constrained-baseline encoder can serve).
session::Answered<Offer> parseOffer(const std::string& sdp);

}  // namespace fanlight::webrtc
