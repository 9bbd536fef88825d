// SPDX-License-Identifier: Apache-2.0
// webrtcbin's ICE agent set up our way, and which of the viewer's candidates reach it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "gst/ref_traits.h"
#include "session/ice_servers.h"
#include "webrtc/candidate_telling.h"

namespace fanlight::webrtc {

/// By what one session's end here is to be reached.
struct IceSetUp {
  std::vector<session::IceServer> servers;  ///< "turns:" among them are passed over: libnice has no TLS
  bool isRelayOnly = false;                 ///< nothing goes to or from the viewer but by a TURN server
  base::PortRange ports;                    ///< of our own addresses; none: any that the kernel picks
  std::vector<std::string> addresses;       ///< our own that are used; none: all
  CandidateTelling telling;
};

/// UPnP off (each viewer would open router ports), ICE-TCP off (candidates that cost time and drop packets),
/// keep-alives by connectivity checks, so that a viewer that vanished is noticed on libnice before 0.1.22 too. Of
/// several STUN servers each session takes one by lot, since the agent knows one alone; of TURN servers it takes all.
/// Before any gathering.
void configureIce(GstElement* webrtcbin, const IceSetUp& setUp);

/// Begins to give back what TURN servers have allocated, which each would keep for ten minutes else, against a quota of
/// its own. The agent outlives `webrtcbin` until they have answered, or been asked often enough; it ends on the main
/// thread.
void releaseRelays(GstElement* webrtcbin);

/// Whether one of them relays for the device.
bool hasRelay(const std::vector<session::IceServer>& servers);

/// Why a remote candidate (RFC 8839's attribute, with or without "a=") is not used; none where it is. Dropped are: what
/// is not UDP or not component 1; names (".local" too: resolving them would wait, and the viewer's own checks find the
/// path anyway); addresses that would make us probe this machine or a whole network.
std::optional<std::string_view> reasonToDrop(std::string_view candidate);

}  // namespace fanlight::webrtc
