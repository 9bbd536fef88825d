// SPDX-License-Identifier: Apache-2.0
#include "mqtt/retry_pace.h"

#include <gtest/gtest.h>

namespace fanlight::mqtt {
namespace {

using namespace std::chrono_literals;

TEST(RetryPace, IsSoonAtFirst) {
  EXPECT_EQ(retryPause(0s, 1), 1s);
  EXPECT_EQ(retryPause(12s, 1), 1s);
}

TEST(RetryPace, IsATwelfthOfTheTimeForWhichTheBrokerIsAway) {
  EXPECT_EQ(retryPause(60s, 1), 5s);
  EXPECT_EQ(retryPause(6min, 1), 30s);
}

TEST(RetryPace, IsNeverLongerThanAMinute) {
  EXPECT_EQ(retryPause(12min, 1), 1min);
  EXPECT_EQ(retryPause(24h * 365, 1), 1min);
}

TEST(RetryPace, SpreadsThoseWhoWaitForTheSame) {
  EXPECT_EQ(retryPause(60s, 0), 2500ms);
  EXPECT_EQ(retryPause(60s, 0.5), 3750ms);
}

}  // namespace
}  // namespace fanlight::mqtt
