// SPDX-License-Identifier: Apache-2.0
#include "config/nearest.h"

#include <gtest/gtest.h>

namespace fanlight::config {
namespace {

TEST(Nearest, CountsEachKindOfEditAsOne) {
  EXPECT_EQ(editDistance("width", "width"), 0);
  EXPECT_EQ(editDistance("width", "widths"), 1);
  EXPECT_EQ(editDistance("width", "wdth"), 1);
  EXPECT_EQ(editDistance("width", "wodth"), 1);
  EXPECT_EQ(editDistance("width", "wdith"), 1);
  EXPECT_EQ(editDistance("", "abc"), 3);
  EXPECT_EQ(editDistance("abc", ""), 3);
}

TEST(Nearest, TakesTheCandidateWithTheFewestEdits) {
  EXPECT_EQ(nearest("heigth", {"width", "height"}), "height");
  EXPECT_EQ(nearest("frame_rate", {"bitrate", "framerate"}), "framerate");
}

TEST(Nearest, SaysNothingWhereNoNameIsMeant) {
  EXPECT_EQ(nearest("resolution", {"width", "height"}), std::nullopt);
  EXPECT_EQ(nearest("zz", {"id"}), std::nullopt);
  EXPECT_EQ(nearest(std::string(1000, 'w'), {"width"}), std::nullopt);
}

}  // namespace
}  // namespace fanlight::config
