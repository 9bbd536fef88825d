// SPDX-License-Identifier: Apache-2.0
#include "doorbell/presses.h"

#include <gtest/gtest.h>

namespace fanlight::doorbell {
namespace {

using namespace std::chrono_literals;

const base::TimePoint kStart{100s};

TEST(Presses, RingAtOnce) {
  EXPECT_TRUE(Presses().press(kStart));
}

TEST(Presses, RingAgainAfterAPauseOnly) {
  Presses presses;
  int rings = 0;
  for (base::TimePoint now = kStart; now < kStart + 3 * kRingPause; now += 100ms) {
    rings += presses.press(now) ? 1 : 0;
    presses.release();
  }
  EXPECT_EQ(rings, 3);
}

TEST(Presses, RingOnceHoweverLongTheyLast) {
  Presses presses;
  ASSERT_TRUE(presses.press(kStart));
  EXPECT_FALSE(presses.press(kStart + 2 * kRingPause));
  presses.release();
  EXPECT_TRUE(presses.press(kStart + 2 * kRingPause));
}

TEST(Presses, AreStuckWhereNobodyWouldPressSoLong) {
  Presses presses;
  presses.press(kStart);
  EXPECT_FALSE(presses.isStuck(kStart + kStuckAfter - 1ms));
  EXPECT_TRUE(presses.isStuck(kStart + kStuckAfter));
  presses.release();
  EXPECT_FALSE(presses.isStuck(kStart + kStuckAfter));
}

}  // namespace
}  // namespace fanlight::doorbell
