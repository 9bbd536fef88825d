// SPDX-License-Identifier: Apache-2.0
// The description that webrtcbin is told in an offer's place. Any thread.
//
// webrtcbin 1.22 takes candidates out of a description unasked and resolves names in them, copies what it rejects,
// knows no port 0, and has criticals for numbers out of range. So it gets only the lines that are used, all on one
// transport, in words of our own: checked numbers, one payload and its retransmission a line, no candidates.
#pragma once

#include <string>

#include "webrtc/offer.h"

namespace fanlight::webrtc {

/// Where in the description video stands: the line of the bundle's transport, that candidates go to.
inline constexpr unsigned kWebrtcbinVideoLine = 0;

/// Numbers the lines of `offer` that are used, video, audio, data, and fills in what webrtcbin is to be set up with:
/// its description, and the codec preferences of each line. False where GStreamer cannot read that.
[[nodiscard]] bool prepareForWebrtcbin(Offer& offer);

}  // namespace fanlight::webrtc
