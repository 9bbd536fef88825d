// SPDX-License-Identifier: Apache-2.0
// How many pictures of a camera get through.
#include "media/rate_limit.h"

#include <gtest/gtest.h>

namespace fanlight::media {
namespace {

constexpr int kSecond = 1000;
constexpr GstClockTime kStart = 12345 * GST_SECOND;

/// Of a second of pictures so many to the second, each by turns early and late by `jitter` milliseconds.
int taken(RateLimit& limit, double rate, int seconds = 1, double jitter = 0) {
  int count = 0;
  for (int i = 0; i < rate * seconds; ++i) {
    const double milliseconds = i * kSecond / rate + (i % 2 == 0 ? -jitter : jitter);
    count += limit.takes(kStart + static_cast<GstClockTime>(milliseconds * GST_MSECOND)) ? 1 : 0;
  }
  return count;
}

TEST(RateLimit, SparesACameraThatKeepsItsRateWhateverItsJitter) {
  RateLimit limit({{30, 1}});
  EXPECT_EQ(taken(limit, 30, 10, 7), 300);
}

TEST(RateLimit, SparesACameraThatIsSlower) {
  RateLimit limit({{30, 1}});
  EXPECT_EQ(taken(limit, 7.5, 10), 75);
}

TEST(RateLimit, TakesEvenlyFromADriverThatKnowsOfNoRate) {
  RateLimit limit({{15, 1}});
  EXPECT_NEAR(taken(limit, 60, 10), 150, 1);
}

TEST(RateLimit, HoldsAFlood) {
  RateLimit limit({{15, 1}});
  EXPECT_NEAR(taken(limit, 10'000, 2), 30, 1);
}

TEST(RateLimit, CostsAlmostNothingWhereTheCamerasClockIsABitFast) {
  RateLimit limit({{30, 1}});
  EXPECT_GE(taken(limit, 30.003, 100), 2999);
}

TEST(RateLimit, TakesNoMoreAtOnceAfterAPause) {
  RateLimit limit({{10, 1}});
  EXPECT_TRUE(limit.takes(kStart));
  EXPECT_TRUE(limit.takes(kStart + 10 * GST_SECOND));
  EXPECT_FALSE(limit.takes(kStart + 10 * GST_SECOND + GST_MSECOND));
}

TEST(RateLimit, CanBeChangedOnTheWay) {
  RateLimit limit(std::nullopt);
  EXPECT_EQ(taken(limit, 30, 2), 60) << "none was set";
  limit.setRate({{20, 1}});
  EXPECT_NEAR(taken(limit, 30, 10), 200, 1);
  limit.setRate({{10, 1}});
  EXPECT_NEAR(taken(limit, 30, 10), 100, 1);
  limit.setRate(std::nullopt);
  EXPECT_EQ(taken(limit, 30, 2), 60);
}

TEST(RateLimit, BeginsAnewWhereTimeJumpsBack) {
  RateLimit limit({{10, 1}});
  EXPECT_TRUE(limit.takes(kStart + GST_SECOND));
  EXPECT_FALSE(limit.takes(kStart + GST_SECOND + GST_MSECOND));
  EXPECT_TRUE(limit.takes(kStart));
  EXPECT_NEAR(taken(limit, 30, 10), 100, 1);
}

TEST(RateLimit, TakesWhatHasNoTime) {
  RateLimit limit({{10, 1}});
  EXPECT_TRUE(limit.takes(GST_CLOCK_TIME_NONE));
  EXPECT_TRUE(limit.takes(GST_CLOCK_TIME_NONE));
}

}  // namespace
}  // namespace fanlight::media
