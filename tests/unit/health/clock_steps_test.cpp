// SPDX-License-Identifier: Apache-2.0
// A wall clock that is set, and one that only drifts.
#include "health/clock_steps.h"

#include <gtest/gtest.h>

namespace fanlight::health {
namespace {

using namespace std::chrono_literals;

class ClockStepsTest : public ::testing::Test {
 protected:
  /// Time passes, and the wall clock is `set` meanwhile.
  std::optional<base::Duration> lookAfter(base::Duration passed, base::Duration set = {}) {
    now_ += passed;
    wall_ += passed + set;
    return steps_.look(wall_, now_);
  }

  base::TimePoint now_{1h};
  ClockSteps::WallTime wall_{std::chrono::sys_days(std::chrono::year(1970) / 1 / 2)};
  ClockSteps steps_;
};

TEST_F(ClockStepsTest, AreNoneWhereTheClocksGoTogether) {
  EXPECT_EQ(lookAfter(0s), std::nullopt);
  EXPECT_EQ(lookAfter(1s), std::nullopt);
  EXPECT_EQ(lookAfter(24h), std::nullopt);
}

TEST_F(ClockStepsTest, AreNoneWhereATimeServiceCorrectsTheClock) {
  lookAfter(0s);
  EXPECT_EQ(lookAfter(1s, 9s), std::nullopt);
  EXPECT_EQ(lookAfter(1s, -9s), std::nullopt);
}

TEST_F(ClockStepsTest, AreToldOnceEachWithTheirLength) {
  const auto years = 24h * 3652;
  lookAfter(0s);
  EXPECT_EQ(lookAfter(1s, years), years);
  EXPECT_EQ(lookAfter(1s), std::nullopt);
  EXPECT_EQ(lookAfter(1s, -years), -years);
}

}  // namespace
}  // namespace fanlight::health
