// SPDX-License-Identifier: Apache-2.0
// Sums of figures.
#include "telemetry/figures.h"

#include <gtest/gtest.h>

namespace fanlight::telemetry {
namespace {

TEST(DeliveryFigures, AddUpOneByOne) {
  DeliveryFigures sum{1, 2, 3, 4, 5, 6, 7, 8, 9};
  sum += {10, 20, 30, 40, 50, 60, 70, 80, 90};
  EXPECT_EQ(sum.frames, 11U);
  EXPECT_EQ(sum.bytes, 22U);
  EXPECT_EQ(sum.droppedFrames, 33U);
  EXPECT_EQ(sum.packets, 44U);
  EXPECT_EQ(sum.lostPackets, 55U);
  EXPECT_EQ(sum.resentPackets, 66U);
  EXPECT_EQ(sum.nacks, 77U);
  EXPECT_EQ(sum.plis, 88U);
  EXPECT_EQ(sum.firs, 99U);
}

TEST(DeliveryFigures, AreSinceAnEarlierTimeOneByOneAndNeverLessThanNone) {
  const DeliveryFigures now{11, 22, 33, 44, 4, 66, 77, 88, 99};
  const DeliveryFigures since = now.since({1, 2, 3, 4, 5, 6, 7, 8, 9});
  EXPECT_EQ(since.frames, 10U);
  EXPECT_EQ(since.bytes, 20U);
  EXPECT_EQ(since.droppedFrames, 30U);
  EXPECT_EQ(since.packets, 40U);
  EXPECT_EQ(since.lostPackets, 0U) << "a duplicate takes a loss back";
  EXPECT_EQ(since.resentPackets, 60U);
  EXPECT_EQ(since.nacks, 70U);
  EXPECT_EQ(since.plis, 80U);
  EXPECT_EQ(since.firs, 90U);
}

}  // namespace
}  // namespace fanlight::telemetry
