// SPDX-License-Identifier: Apache-2.0
// What a camera turns by itself; reading from one is shown in the suite "board".
#include "media/v4l2_source.h"

#include <gtest/gtest.h>

namespace fanlight::media {
namespace {

const std::vector<V4l2Control> kFlips = {{"horizontal_flip", V4l2Control::Kind::Boolean, 0, 1, 1, 0, {}},
                                         {"vertical_flip", V4l2Control::Kind::Boolean, 0, 1, 1, 0, {}}};

struct Turn {
  Orientation left;
  ControlValues values;
};
Turn turn(const Orientation& wanted, const std::vector<V4l2Control>& known = kFlips, ControlValues values = {}) {
  const Orientation left = turnByCamera(wanted, known, values);
  return {left, values};
}
ControlValues flips(int horizontal, int vertical) {
  return {{"horizontal_flip", horizontal}, {"vertical_flip", vertical}};
}

TEST(TurnByCamera, TakesFlipsForHalfATurnAndForAMirror) {
  EXPECT_EQ(turn({180, false}).values, flips(1, 1));
  EXPECT_EQ(turn({0, true}).values, flips(1, 0));
  EXPECT_EQ(turn({180, true}).values, flips(0, 1));
  EXPECT_TRUE(turn({180, true}).left.isUpright());
}

TEST(TurnByCamera, TakesBackWhatAnEarlierRunSet) {
  EXPECT_EQ(turn({0, false}).values, flips(0, 0));
}

TEST(TurnByCamera, LeavesAQuarterToTheCpuAndTheMirrorWithIt) {
  const Turn quarter = turn({90, true});
  EXPECT_EQ(quarter.left, (Orientation{90, true}));
  EXPECT_EQ(quarter.values, flips(0, 0));
}

TEST(TurnByCamera, LeavesAllOfItWhereTheCameraHasNoFlips) {
  const Turn plain = turn({180, false}, {});
  EXPECT_EQ(plain.left, (Orientation{180, false}));
  EXPECT_TRUE(plain.values.empty());
}

TEST(TurnByCamera, KeepsWhatTheSettingsSayOfAFlip) {
  EXPECT_EQ(turn({0, false}, kFlips, {{"vertical_flip", 1}}).values, flips(0, 1));
}

}  // namespace
}  // namespace fanlight::media
