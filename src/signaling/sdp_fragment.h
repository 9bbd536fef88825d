// SPDX-License-Identifier: Apache-2.0
// Candidates in the body of a WHEP client's PATCH: application/trickle-ice-sdpfrag (RFC 8840 §9, used as RFC 9725 §4.3
// says). Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "session/peer.h"

namespace fanlight::signaling {

inline constexpr std::string_view kSdpFragmentType = "application/trickle-ice-sdpfrag";
inline constexpr std::size_t kMaxSdpFragmentBytes = 16 * 1024;
inline constexpr std::size_t kMaxSdpFragmentLineBytes = 2 * 1024;
inline constexpr std::size_t kMaxSdpFragmentCandidates = 64;

struct SdpFragment {
  /// The first in the fragment; empty: none. Where they are not those of the offer, the client restarts ICE.
  std::string iceUfrag;
  std::string icePwd;
  std::vector<std::string> mids;
  /// Each with `candidate:` in front, its media's mid, and the username fragment that holds for it. No m-line index:
  /// the m-lines of a fragment are not counted as those of the offer.
  std::vector<session::IceCandidate> candidates;
  bool endOfCandidates = false;
};

/// InvalidArgument: not such a fragment, or beyond a limit. Attributes that say nothing here are passed over.
base::Result<SdpFragment> parseSdpFragment(std::string_view text);

}  // namespace fanlight::signaling
