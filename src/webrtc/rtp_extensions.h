// SPDX-License-Identifier: Apache-2.0
// The RTP header extensions that we send, by the names that an offer's a=extmap gives them (RFC 8285, 5).
#pragma once

namespace fanlight::webrtc {

inline constexpr const char* kTransportWideCcUri =
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
inline constexpr const char* kPlayoutDelayUri = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

}  // namespace fanlight::webrtc
