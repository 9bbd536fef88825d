// SPDX-License-Identifier: Apache-2.0
// Names and ranges of controls; the devices' own are listed in the suite "board".
#include "media/v4l2_controls.h"

#include <gtest/gtest.h>

namespace fanlight::media {
namespace {

TEST(ToControlName, IsWhatTheToolsOfV4l2Write) {
  EXPECT_EQ(toControlName("Power Line Frequency"), "power_line_frequency");
  EXPECT_EQ(toControlName("White Balance, Automatic"), "white_balance_automatic");
  EXPECT_EQ(toControlName("Exposure (Absolute)"), "exposure_absolute");
  EXPECT_EQ(toControlName("H264 I-Frame Period"), "h264_i_frame_period");
}

TEST(DescribeRange, SaysWhatCanBeSet) {
  EXPECT_EQ(describeRange({"gain", V4l2Control::Kind::Integer, 0, 100, 1, 50, {}}), "0 to 100, default 50");
  EXPECT_EQ(describeRange({"zoom", V4l2Control::Kind::Integer, 0, 100, 10, 0, {}}),
            "0 to 100 in steps of 10, default 0");
  EXPECT_EQ(describeRange({"auto", V4l2Control::Kind::Boolean, 0, 1, 1, 1, {}}), "0 or 1, default 1");
  EXPECT_EQ(describeRange({"hum", V4l2Control::Kind::Menu, 0, 1, 1, 1, {{0, "Off"}, {1, "50 Hz"}}}),
            "0 (Off), 1 (50 Hz), default 1");
  EXPECT_EQ(describeRange({"reset", V4l2Control::Kind::Button, 0, 0, 0, 0, {}}), "a button");
}

TEST(ListV4l2Controls, SaysWhyADeviceCannotBeAsked) {
  const auto controls = listV4l2Controls("/dev/video999");
  ASSERT_FALSE(controls);
  EXPECT_EQ(controls.error().message, "cannot open '/dev/video999': No such file or directory");
}

}  // namespace
}  // namespace fanlight::media
