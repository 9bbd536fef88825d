// SPDX-License-Identifier: Apache-2.0
// What is believed of somebody else's H.264, and until when.
#include "media/picture_order.h"

#include <array>

#include <gtest/gtest.h>

namespace fanlight::media {
namespace {

constexpr GstClockTime kFrame = GST_SECOND / 30;

class PictureOrderTest : public ::testing::Test {
 protected:
  std::string take(GstClockTime time, bool isIdr = false) {
    const std::array<guint8, 5> bytes{0, 0, 0, 1, static_cast<guint8>(isIdr ? 0x65 : 0x41)};
    const auto picture = gst::Ref<GstBuffer>::adopt(gst_buffer_new_memdup(bytes.data(), bytes.size()));
    GST_BUFFER_PTS(picture.get()) = time;
    return order_.take(picture.get()).value_or("fine");
  }
  static std::string profile(const char* caps) {
    return objectionToProfile(gst::Ref<GstCaps>::adopt(gst_caps_from_string(caps)).get()).value_or("fine");
  }

  PictureOrder order_;
};

TEST_F(PictureOrderTest, TakesAnIdrEveryTwoSeconds) {
  for (int i = 0; i < 300; ++i)
    EXPECT_EQ(take(static_cast<GstClockTime>(i) * kFrame, i % 60 == 0), "fine") << i;
}

TEST_F(PictureOrderTest, TakesOneThatItJoinsBetweenTwoIdrs) {
  EXPECT_EQ(take(5 * GST_SECOND), "fine");
  EXPECT_EQ(take(6 * GST_SECOND, true), "fine");
}

TEST_F(PictureOrderTest, MissesAnIdr) {
  EXPECT_EQ(take(0, true), "fine");
  EXPECT_EQ(take(2 * GST_SECOND), "fine");
  EXPECT_EQ(take(2 * GST_SECOND + 300 * GST_MSECOND), "it has no IDR every two seconds");
}

TEST_F(PictureOrderTest, SeesPicturesThatAreOutOfOrder) {
  EXPECT_EQ(take(0, true), "fine");
  EXPECT_EQ(take(2 * kFrame), "fine");
  EXPECT_EQ(take(kFrame), "its pictures come in another order than they are shown in");
}

TEST_F(PictureOrderTest, SeesPicturesWithoutATime) {
  EXPECT_EQ(take(GST_CLOCK_TIME_NONE, true), "its pictures have no time");
}

TEST_F(PictureOrderTest, TakesBaselineProfilesOnly) {
  EXPECT_EQ(profile("video/x-h264,profile=constrained-baseline"), "fine");
  EXPECT_EQ(profile("video/x-h264,profile=baseline"), "fine");
  EXPECT_EQ(profile("video/x-h264,profile=high"), "its profile is high, not baseline");
  EXPECT_EQ(profile("video/x-h264"), "its profile is not told");
}

}  // namespace
}  // namespace fanlight::media
