// SPDX-License-Identifier: Apache-2.0
// The seam for congestion control: how fast one viewer is sent to, and what it reports about it. Both ends belong to
// one object, so that an estimate can steer its viewer's pacer.
#pragma once

#include <functional>
#include <memory>

#include "gst/ref_traits.h"
#include "session/peer.h"

namespace fanlight::webrtc {

/// Of one viewer. Made on the main thread; destroyed when nothing of the viewer's connection is left, on any thread.
class CongestionControl {
 public:
  virtual ~CongestionControl() = default;
  /// An element to sit between webrtcbin's retransmission and its rtpsession, where a pacer belongs: transport-wide
  /// sequence numbers are given after it. Empty for none. Called once, where webrtcbin builds its inside.
  virtual gst::Ref<GstElement> makePacer() = 0;
  /// What the viewer tells about the packets it got: rtpsession's upstream event RTPTWCCPackets, audio's packets among
  /// them. Borrowed for the call. On the viewer's streaming thread for RTCP, one call at a time and under no lock.
  virtual void onFeedback(const GstStructure* packets) = 0;
};

/// Called on the main thread. It may give none, as an empty one does.
using CongestionControlFactory = std::function<std::unique_ptr<CongestionControl>(const session::SessionId&)>;

}  // namespace fanlight::webrtc
