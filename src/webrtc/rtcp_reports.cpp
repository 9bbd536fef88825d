// SPDX-License-Identifier: Apache-2.0
// GStreamer's reader of RTCP takes the counts in a packet as they are, so that they are held against its length here.
#include "webrtc/rtcp_reports.h"

#include <algorithm>

namespace fanlight::webrtc {
namespace {

// In words of 32 bits, behind a packet's header.
constexpr guint kSenderWords = 1;
constexpr guint kSenderInfoWords = 5;
constexpr guint kReportWords = 6;
constexpr guint kFeedbackWords = 2;

constexpr double kVideoClockRate = 90'000;
constexpr double kLossScale = 256;
constexpr std::int64_t kDelayScale = 65'536;  // of a second

template <class Note>
void forEachPacket(GstBuffer* packets, Note note) {
  if (!gst_rtcp_buffer_validate_reduced(packets))
    return;
  GstRTCPBuffer mapped = GST_RTCP_BUFFER_INIT;
  if (!gst_rtcp_buffer_map(packets, GST_MAP_READ, &mapped))
    return;
  GstRTCPPacket packet{};
  for (bool isThere = gst_rtcp_buffer_get_first_packet(&mapped, &packet); isThere;
       isThere = gst_rtcp_packet_move_to_next(&packet))
    note(packet);
  gst_rtcp_buffer_unmap(&mapped);
}

bool hasWords(GstRTCPPacket& packet, guint words) {
  return gst_rtcp_packet_get_length(&packet) >= words;
}

base::Duration toDuration(double seconds) {
  return std::chrono::duration_cast<base::Duration>(std::chrono::duration<double>(seconds));
}

}  // namespace

void RtcpReports::onSent(GstBuffer* packets, base::TimePoint now) {
  forEachPacket(packets, [this, now](GstRTCPPacket& packet) {
    if (gst_rtcp_packet_get_type(&packet) == GST_RTCP_TYPE_SR && hasWords(packet, kSenderWords + kSenderInfoWords))
      noteSenderReport(packet, now);
  });
}

void RtcpReports::noteSenderReport(GstRTCPPacket& packet, base::TimePoint now) {
  guint32 ssrc = 0;
  guint64 time = 0;
  guint32 count = 0;
  gst_rtcp_packet_sr_get_sender_info(&packet, &ssrc, &time, nullptr, &count, nullptr);
  if (ssrc != ssrc_)
    return;
  const std::lock_guard lock(mutex_);
  figures_.sent.packets += static_cast<std::uint32_t>(count - packets_);
  packets_ = count;
  sent_[next_++ % sent_.size()] = {static_cast<std::uint32_t>(time >> 16), now};
}

void RtcpReports::onReceived(GstBuffer* packets, base::TimePoint now) {
  forEachPacket(packets, [this, now](GstRTCPPacket& packet) { noteReceived(packet, now); });
}

void RtcpReports::noteReceived(GstRTCPPacket& packet, base::TimePoint now) {
  const std::lock_guard lock(mutex_);
  const GstRTCPType type = gst_rtcp_packet_get_type(&packet);
  if (type == GST_RTCP_TYPE_SR || type == GST_RTCP_TYPE_RR)
    return noteReports(packet, now);
  const bool isFeedback = type == GST_RTCP_TYPE_RTPFB || type == GST_RTCP_TYPE_PSFB;
  if (!isFeedback || !hasWords(packet, kFeedbackWords))
    return;
  const GstRTCPFBType feedback = gst_rtcp_packet_fb_get_type(&packet);
  // The same numbers mean other things in the two families.
  figures_.sent.nacks += type == GST_RTCP_TYPE_RTPFB && feedback == GST_RTCP_RTPFB_TYPE_NACK ? 1 : 0;
  figures_.sent.plis += type == GST_RTCP_TYPE_PSFB && feedback == GST_RTCP_PSFB_TYPE_PLI ? 1 : 0;
  figures_.sent.firs += type == GST_RTCP_TYPE_PSFB && feedback == GST_RTCP_PSFB_TYPE_FIR ? 1 : 0;
}

void RtcpReports::noteReports(GstRTCPPacket& packet, base::TimePoint now) {
  const bool isSender = gst_rtcp_packet_get_type(&packet) == GST_RTCP_TYPE_SR;
  const guint before = kSenderWords + (isSender ? kSenderInfoWords : 0);
  for (guint nth = 0; nth < gst_rtcp_packet_get_rb_count(&packet); ++nth) {
    if (!hasWords(packet, before + (nth + 1) * kReportWords))
      return;
    guint32 ssrc = 0;
    guint8 fraction = 0;
    gint32 lost = 0;
    guint32 jitter = 0;
    guint32 name = 0;
    guint32 delay = 0;
    gst_rtcp_packet_get_rb(&packet, nth, &ssrc, &fraction, &lost, nullptr, &jitter, &name, &delay);
    if (ssrc != ssrc_)
      continue;
    figures_.way.lossRatio = fraction / kLossScale;
    figures_.way.jitter = toDuration(jitter / kVideoClockRate);
    // It falls where packets come twice.
    figures_.sent.lostPackets = std::max(figures_.sent.lostPackets, static_cast<telemetry::Count>(std::max(lost, 0)));
    noteRoundTrip(name, delay, now);
  }
}

void RtcpReports::noteRoundTrip(std::uint32_t name, std::uint32_t delay, base::TimePoint now) {
  const auto report =
      std::ranges::find_if(sent_, [name](const SentReport& one) { return name != 0 && one.name == name; });
  if (report == sent_.end())
    return;
  const base::Duration held = std::chrono::nanoseconds(std::int64_t{1'000'000'000} * delay / kDelayScale);
  figures_.way.roundTrip = std::max(base::Duration::zero(), now - report->at - held);
}

telemetry::PeerFigures RtcpReports::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

}  // namespace fanlight::webrtc
