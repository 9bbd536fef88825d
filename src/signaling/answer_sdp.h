// SPDX-License-Identifier: Apache-2.0
// Putting candidates into an answer, for players that get no others. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "session/peer.h"

namespace fanlight::signaling {

/// `sdp` with an `a=candidate` line for each of `candidates` at the end of its media, found by mid, else by index, else
/// the first. Such that are there already are not repeated; empty ones are passed over. `isComplete` adds
/// `a=end-of-candidates` to each media that has candidates (RFC 8839 and 8840).
std::string withCandidates(std::string_view sdp, const std::vector<session::IceCandidate>& candidates, bool isComplete);

/// Every `a=ice-ufrag` of a description: a fragment with another one asks for an ICE restart.
std::vector<std::string> iceUfrags(std::string_view sdp);

}  // namespace fanlight::signaling
