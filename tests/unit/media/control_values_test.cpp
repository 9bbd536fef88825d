// SPDX-License-Identifier: Apache-2.0
// What stands in [camera.controls] against what a camera has.
#include "media/control_values.h"

#include <gtest/gtest.h>

namespace fanlight::media {
namespace {

const std::vector<V4l2Control> kKnown = {
    {"brightness", V4l2Control::Kind::Integer, -64, 64, 1, 0, {}},
    {"white_balance_automatic", V4l2Control::Kind::Boolean, 0, 1, 1, 1, {}},
    {"power_line_frequency", V4l2Control::Kind::Menu, 0, 2, 1, 1, {{0, "Disabled"}, {1, "50 Hz"}}},
};

/// What the camera is told, or why nothing.
std::string told(const config::Controls& wanted) {
  const auto values = toControlValues("/dev/video0", kKnown, wanted);
  return values ? toExtraControls(*values) : values.error().message;
}

TEST(ControlValues, AreToldInTheWordsOfGStreamer) {
  EXPECT_EQ(told({}), "controls");
  EXPECT_EQ(told({{"brightness", std::int64_t{-10}}, {"white_balance_automatic", false}}),
            "controls,brightness=(int)-10,white_balance_automatic=(int)0");
}

TEST(ControlValues, OfAMenuAreNumbersOrNames) {
  EXPECT_EQ(told({{"power_line_frequency", std::int64_t{1}}}), "controls,power_line_frequency=(int)1");
  EXPECT_EQ(told({{"power_line_frequency", std::string("50 hz")}}), "controls,power_line_frequency=(int)1");
}

TEST(ControlValues, SayWhichOneTheCameraDoesNotHave) {
  EXPECT_EQ(told({{"britness", std::int64_t{1}}}),
            "'/dev/video0' has no control 'britness'; 'fanlight devices' lists those that it has");
}

TEST(ControlValues, SayWhatTheCameraWouldTake) {
  EXPECT_EQ(told({{"brightness", std::int64_t{65}}}),
            "the control 'brightness' of '/dev/video0' takes -64 to 64, default 0, not 65");
  EXPECT_EQ(told({{"brightness", 1.5}}),
            "the control 'brightness' of '/dev/video0' takes -64 to 64, default 0, not 1.5");
  EXPECT_EQ(told({{"power_line_frequency", std::int64_t{2}}}),
            "the control 'power_line_frequency' of '/dev/video0' takes 0 (Disabled), 1 (50 Hz), default 1, not 2");
  EXPECT_EQ(
      told({{"power_line_frequency", std::string("60 Hz")}}),
      "the control 'power_line_frequency' of '/dev/video0' takes 0 (Disabled), 1 (50 Hz), default 1, not '60 Hz'");
}

}  // namespace
}  // namespace fanlight::media
