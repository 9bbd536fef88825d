// SPDX-License-Identifier: Apache-2.0
// webrtcbin's ICE agent set up our way, and which of the viewer's candidates reach it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gst/ref_traits.h"

namespace fanlight::webrtc {

/// UPnP off (each viewer would open router ports), ICE-TCP off (candidates that cost time and drop packets),
/// keep-alives by connectivity checks, so that a viewer that vanished is noticed on libnice before 0.1.22 too. Before
/// any gathering.
void configureIce(GstElement* webrtcbin);

/// Why a remote candidate (RFC 8839's attribute, with or without "a=") is not used; none where it is. Dropped are: what
/// is not UDP or not component 1; names (".local" too: resolving them would wait, and the viewer's own checks find the
/// path anyway); addresses that would make us probe this machine or a whole network.
std::optional<std::string_view> reasonToDrop(std::string_view candidate);

}  // namespace fanlight::webrtc
