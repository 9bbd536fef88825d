// SPDX-License-Identifier: Apache-2.0
#include "audio/delay_follower.h"

#include <random>

#include <gmock/gmock.h>

namespace fanlight::audio {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;

constexpr GstClockTime kLook = 256 * GST_MSECOND;

GstClockTime timeOf(int look) {
  return static_cast<GstClockTime>(look) * kLook;
}

TEST(DelayFollower, JumpsToWhatIsFoundFirst) {
  DelayFollower follower;
  EXPECT_THAT(follower.found(120, timeOf(1)), Optional(DoubleNear(120, 0.01)));
  EXPECT_EQ(follower.course().delayAt(timeOf(2)), 120);
  EXPECT_EQ(follower.course().jumps, 1);
}

TEST(DelayFollower, KnowsADriftAfterSomeSecondsAlthoughEachLookIsALittleOff) {
  DelayFollower follower;
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, 0.03);
  // 50 millionths are 0.05 ms a second.
  const auto delayAt = [](int look) { return 60 + 0.05 * 0.256 * look; };
  for (int look = 0; look < 4 * 60; ++look) {
    follower.found(delayAt(look) + noise(random), timeOf(look));
    if (look > 4 * 30) {
      EXPECT_NEAR(follower.course().delayAt(timeOf(look + 1)), delayAt(look + 1), 0.05) << look;
      EXPECT_NEAR(follower.course().drift, 0.05, 0.02) << look;
    }
  }
  EXPECT_EQ(follower.course().jumps, 1);
}

TEST(DelayFollower, IsNotPulledAwayByAWall) {
  DelayFollower follower;
  for (int look = 0; look < 100; ++look)
    follower.found(look % 10 == 9 ? 65 : 60, timeOf(look));
  EXPECT_NEAR(follower.course().delayAt(timeOf(100)), 60, 0.2);
  EXPECT_EQ(follower.course().jumps, 1);
}

TEST(DelayFollower, JumpsWhereADeviceCorrectsItsClock) {
  DelayFollower follower;
  follower.found(60, timeOf(0));
  EXPECT_THAT(follower.found(40, timeOf(1)), Optional(DoubleNear(-20, 0.01)));
  EXPECT_EQ(follower.course().jumps, 2);
}

TEST(DelayFollower, DoesNotGoOnForEverWithoutALook) {
  DelayFollower follower;
  for (int look = 0; look < 200; ++look)
    follower.found(60 + 0.1 * 0.256 * look, timeOf(look));
  const auto& course = follower.course();
  EXPECT_EQ(course.delayAt(course.at + GST_SECOND * 3600), course.delayAt(course.at + GST_SECOND * 30));
}

}  // namespace
}  // namespace fanlight::audio
