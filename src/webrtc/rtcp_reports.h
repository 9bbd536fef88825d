// SPDX-License-Identifier: Apache-2.0
// What is told by RTCP of one viewer's video, read as it passes (RFC 3550, 4585, 5104). webrtcbin's own statistics are
// not asked: 1.22 leaves the viewer's reports out where lines are bundled, and races with a session that is being
// reset. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>

#include <gst/rtp/rtp.h>

#include "base/clock.h"
#include "telemetry/figures.h"

namespace fanlight::webrtc {

class RtcpReports {
 public:
  /// `ssrc`: of the video that is sent; what is reported of others is nothing of it.
  explicit RtcpReports(std::uint32_t ssrc) : ssrc_(ssrc) {}

  /// A compound packet, not encrypted, that leaves or has come at `now`. What makes no sense is passed over.
  void onSent(GstBuffer* packets, base::TimePoint now);
  void onReceived(GstBuffer* packets, base::TimePoint now);

  /// Frames, bytes, resent packets and the path are not of these.
  telemetry::PeerFigures figures() const;

 private:
  /// When a sender report left, by the middle of its NTP time, which the viewer's report names it by.
  struct SentReport {
    std::uint32_t name = 0;
    base::TimePoint at;
  };

  void noteSenderReport(GstRTCPPacket& packet, base::TimePoint now);
  void noteReceived(GstRTCPPacket& packet, base::TimePoint now);
  void noteReports(GstRTCPPacket& packet, base::TimePoint now);
  void noteRoundTrip(std::uint32_t name, std::uint32_t delay, base::TimePoint now);

  const std::uint32_t ssrc_;
  mutable std::mutex mutex_;
  telemetry::PeerFigures figures_;
  std::uint32_t packets_ = 0;       ///< as last told; it wraps
  std::array<SentReport, 8> sent_;  ///< more than are under way at a time: they are half a second apart or more
  std::size_t next_ = 0;
};

}  // namespace fanlight::webrtc
