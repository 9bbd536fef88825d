// SPDX-License-Identifier: Apache-2.0
// RTCP written by GStreamer, and some that no well-behaved peer writes.
#include "webrtc/rtcp_reports.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gst/ref_traits.h"

namespace fanlight::webrtc {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Eq;
using ::testing::Optional;

constexpr std::uint32_t kVideo = 0x11112222;
constexpr std::uint32_t kOther = 0x33334444;
constexpr std::uint32_t kViewer = 0x55556666;
constexpr guint64 kNtp = 0x0123456789abcdef;
constexpr std::uint32_t kName = 0x456789ab;
constexpr guint kMtu = 1200;

using Buffer = gst::Ref<GstBuffer>;

/// A compound packet that `write` fills.
template <class Write>
Buffer compound(GstRTCPType type, Write write) {
  auto buffer = Buffer::adopt(gst_rtcp_buffer_new(kMtu));
  GstRTCPBuffer mapped = GST_RTCP_BUFFER_INIT;
  gst_rtcp_buffer_map(buffer.get(), GST_MAP_READWRITE, &mapped);
  GstRTCPPacket packet{};
  gst_rtcp_buffer_add_packet(&mapped, type, &packet);
  write(packet);
  gst_rtcp_buffer_unmap(&mapped);
  return buffer;
}

Buffer senderReport(guint32 packets, std::uint32_t ssrc = kVideo) {
  return compound(GST_RTCP_TYPE_SR, [packets, ssrc](GstRTCPPacket& packet) {
    gst_rtcp_packet_sr_set_sender_info(&packet, ssrc, kNtp, 0, packets, 0);
  });
}

struct Report {
  std::uint32_t ssrc = kVideo;
  guint8 fraction = 0;
  gint32 lost = 0;
  guint32 jitter = 0;
  guint32 name = kName;
  guint32 delay = 0;
};

Buffer receiverReport(const std::vector<Report>& reports) {
  return compound(GST_RTCP_TYPE_RR, [&reports](GstRTCPPacket& packet) {
    gst_rtcp_packet_rr_set_ssrc(&packet, kViewer);
    for (const Report& one : reports)
      gst_rtcp_packet_add_rb(&packet, one.ssrc, one.fraction, one.lost, 0, one.jitter, one.name, one.delay);
  });
}

Buffer feedback(GstRTCPType family, GstRTCPFBType type) {
  return compound(family, [type](GstRTCPPacket& packet) {
    gst_rtcp_packet_fb_set_type(&packet, type);
    gst_rtcp_packet_fb_set_sender_ssrc(&packet, kViewer);
    gst_rtcp_packet_fb_set_media_ssrc(&packet, kVideo);
  });
}

Buffer bytes(const std::vector<std::uint8_t>& content) {
  auto buffer = Buffer::adopt(gst_buffer_new_allocate(nullptr, content.size(), nullptr));
  gst_buffer_fill(buffer.get(), 0, content.data(), content.size());
  return buffer;
}

class RtcpReportsTest : public ::testing::Test {
 protected:
  void send(const Buffer& packets) { reports_.onSent(packets.get(), now_); }
  void receive(const Buffer& packets) { reports_.onReceived(packets.get(), now_); }
  telemetry::DeliveryFigures sent() const { return reports_.figures().sent; }
  telemetry::WayFigures way() const { return reports_.figures().way; }

  base::TimePoint now_{seconds(1000)};
  RtcpReports reports_{kVideo};
};

TEST_F(RtcpReportsTest, TellNothingBeforeThereAreAny) {
  EXPECT_EQ(sent().packets, 0U);
  EXPECT_EQ(way().roundTrip, std::nullopt);
  EXPECT_EQ(way().lossRatio, std::nullopt);
  EXPECT_EQ(way().jitter, std::nullopt);
}

TEST_F(RtcpReportsTest, CountPacketsBySenderReportsOfTheVideoOverTheWrapOfTheirCounter) {
  send(senderReport(0xffff'fff0));
  send(senderReport(7, kOther));
  send(senderReport(16));
  EXPECT_EQ(sent().packets, 0x1'0000'0010U);
}

TEST_F(RtcpReportsTest, MeasureTheRoundTripWithoutTheTimeThatTheViewerHeldTheReport) {
  send(senderReport(1));
  now_ += milliseconds(150);
  receive(receiverReport({{.delay = 65'536 / 10}}));
  ASSERT_TRUE(way().roundTrip);
  EXPECT_NEAR(std::chrono::duration<double>(*way().roundTrip).count(), 0.050, 0.0001);
}

TEST_F(RtcpReportsTest, MeasureNoRoundTripByAReportThatNeverLeft) {
  send(senderReport(1));
  receive(receiverReport({{.name = kName + 1}}));
  receive(receiverReport({{.name = 0}}));
  EXPECT_EQ(way().roundTrip, std::nullopt);
}

TEST_F(RtcpReportsTest, TakeARoundTripThatWouldBeNegativeForNone) {
  send(senderReport(1));
  receive(receiverReport({{.delay = 0xffff'ffff}}));
  EXPECT_THAT(way().roundTrip, Optional(Eq(base::Duration::zero())));
}

TEST_F(RtcpReportsTest, TellLossAndJitterOfTheVideoAlone) {
  receive(receiverReport({{.fraction = 64, .lost = 12, .jitter = 900}, {.ssrc = kOther, .fraction = 255, .lost = 99}}));
  EXPECT_EQ(way().lossRatio, 0.25);
  EXPECT_EQ(sent().lostPackets, 12U);
  EXPECT_THAT(way().jitter, Optional(Eq(milliseconds(10))));
}

TEST_F(RtcpReportsTest, NeverCountFewerLostThanBefore) {
  receive(receiverReport({{.lost = 12}}));
  receive(receiverReport({{.lost = -3}}));
  receive(receiverReport({{.lost = 10}}));
  EXPECT_EQ(sent().lostPackets, 12U);
}

TEST_F(RtcpReportsTest, TellTheKindsOfFeedbackApart) {
  receive(feedback(GST_RTCP_TYPE_PSFB, GST_RTCP_PSFB_TYPE_PLI));
  receive(feedback(GST_RTCP_TYPE_PSFB, GST_RTCP_PSFB_TYPE_PLI));
  receive(feedback(GST_RTCP_TYPE_PSFB, GST_RTCP_PSFB_TYPE_FIR));
  receive(feedback(GST_RTCP_TYPE_RTPFB, GST_RTCP_RTPFB_TYPE_NACK));
  receive(feedback(GST_RTCP_TYPE_PSFB, GST_RTCP_PSFB_TYPE_AFB));
  receive(feedback(GST_RTCP_TYPE_RTPFB, GST_RTCP_RTPFB_TYPE_TWCC));
  EXPECT_EQ(sent().plis, 2U);
  EXPECT_EQ(sent().firs, 1U);
  EXPECT_EQ(sent().nacks, 1U);
}

TEST_F(RtcpReportsTest, PassOverWhatPromisesMoreThanItHolds) {
  // A receiver report of 31 blocks in 8 bytes, a sender report and a PLI without their bodies, and no RTCP at all.
  receive(bytes({0x9f, 201, 0, 1, 0, 0, 0, 1}));
  receive(bytes({0x81, 200, 0, 1, 0, 0, 0, 1}));
  receive(bytes({0x81, 206, 0, 0}));
  receive(bytes({0x81, 206, 0, 9, 0, 0, 0, 1}));
  receive(bytes({1, 2, 3}));
  send(bytes({0x80, 200, 0, 1, 0, 0, 0, 1}));
  EXPECT_EQ(sent().plis, 0U);
  EXPECT_EQ(sent().packets, 0U);
  EXPECT_EQ(way().lossRatio, std::nullopt);
}

}  // namespace
}  // namespace fanlight::webrtc
