// SPDX-License-Identifier: Apache-2.0
// Steps down and up, by readings at moments that the test chooses.
#include "board/spare_policy.h"

#include <gmock/gmock.h>

namespace fanlight::board {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kLast = 3;

Readings at(double celsius, std::optional<bool> isUnderVoltage = std::nullopt,
            std::optional<bool> isThrottled = std::nullopt) {
  Readings readings;
  readings.temperatures.push_back({"cpu-thermal", celsius, {80, 70}});
  readings.isUnderVoltage = isUnderVoltage;
  readings.isThrottled = isThrottled;
  return readings;
}

const Readings kCool = at(50, false);
const Readings kWarm = at(75, false);
const Readings kHot = at(80, false);
const Readings kLowVoltage = at(50, true);

class SparePolicyTest : public ::testing::Test {
 protected:
  /// The same every five seconds for so long, and what comes of it.
  int stay(const Readings& readings, base::Duration length) {
    for (base::Duration passed{}; passed < length; passed += kEvery) {
      policy_.onReadings(readings, now_);
      now_ += kEvery;
    }
    return policy_.step();
  }
  int read(const Readings& readings) { return stay(readings, kEvery); }
  /// How long it takes until the step is another one.
  base::Duration untilItChanges(const Readings& readings) {
    const base::TimePoint began = now_;
    const int before = policy_.step();
    while (read(readings) == before && now_ - began < std::chrono::hours(1))
      continue;
    return now_ - kEvery - began;
  }

  static constexpr base::Duration kEvery = seconds(5);
  SparePolicy policy_{kLast};
  base::TimePoint now_{std::chrono::hours(1)};
};

TEST_F(SparePolicyTest, SparesNothingWhereAllIsWell) {
  EXPECT_EQ(stay(kCool, minutes(10)), 0);
  EXPECT_EQ(stay(kWarm, minutes(10)), 0);
  EXPECT_EQ(stay(at(79.9, false, false), minutes(10)), 0);
  EXPECT_EQ(policy_.cause(), std::nullopt);
}

TEST_F(SparePolicyTest, StepsDownAtOnceWhereItIsHotAndSaysWhy) {
  EXPECT_EQ(read(kHot), 1);
  EXPECT_EQ(policy_.cause(), SpareCause::Heat);
  EXPECT_EQ(policy_.reason(), "cpu-thermal is at 80.0 °C, hot from 80 °C");
}

TEST_F(SparePolicyTest, TakesNoMoreThanOneStepIn30Seconds) {
  read(kHot);
  EXPECT_EQ(stay(kHot, seconds(25)), 1);
  EXPECT_EQ(read(kHot), 2);
  EXPECT_EQ(stay(kHot, seconds(25)), 2);
  EXPECT_EQ(read(kHot), 3);
  EXPECT_EQ(stay(kHot, minutes(10)), kLast);
}

TEST_F(SparePolicyTest, StaysWhereItIsNeitherHotNorCool) {
  read(kHot);
  EXPECT_EQ(stay(kWarm, minutes(30)), 1);
  EXPECT_EQ(stay(at(70, false), minutes(30)), 1) << "70 is not below 70";
}

TEST_F(SparePolicyTest, StepsUpAfterAMinuteOfCoolEachTime) {
  stay(kHot, seconds(65));
  ASSERT_EQ(policy_.step(), 3);
  EXPECT_EQ(untilItChanges(kCool), seconds(60));
  EXPECT_EQ(policy_.step(), 2);
  EXPECT_EQ(policy_.reason(), "the board is cool again");
  EXPECT_EQ(policy_.cause(), SpareCause::Heat) << "still spared";
  EXPECT_EQ(untilItChanges(kCool), seconds(55)) << "a minute since the step before";
  EXPECT_EQ(untilItChanges(kCool), seconds(55));
  EXPECT_EQ(policy_.step(), 0);
  EXPECT_EQ(policy_.cause(), std::nullopt);
}

TEST_F(SparePolicyTest, CountsTheMinuteOfCoolAnewAfterAWarmMoment) {
  read(kHot);
  stay(kCool, seconds(55));
  read(kWarm);
  EXPECT_EQ(untilItChanges(kCool), seconds(60));
}

TEST_F(SparePolicyTest, GoesByTheZoneThatIsFurthestBeyondItsOwnLimit) {
  Readings readings = at(79);
  readings.temperatures.push_back({"gpu-thermal", 71, {65, 55}});
  EXPECT_EQ(read(readings), 1);
  EXPECT_THAT(policy_.reason(), ::testing::StartsWith("gpu-thermal is at 71.0"));
}

TEST_F(SparePolicyTest, IsCoolOnlyWhereAllZonesAre) {
  read(kHot);
  Readings readings = kCool;
  readings.temperatures.push_back({"gpu-thermal", 75, {80, 70}});
  EXPECT_EQ(stay(readings, minutes(10)), 1);
}

TEST_F(SparePolicyTest, StepsDownWhereTheProcessorIsBeingThrottledThoughNoZoneIsHot) {
  EXPECT_EQ(read(at(60, false, true)), 1);
  EXPECT_EQ(policy_.cause(), SpareCause::Heat);
}

TEST_F(SparePolicyTest, StepsDownForUnderVoltage) {
  EXPECT_EQ(read(kLowVoltage), 1);
  EXPECT_EQ(policy_.cause(), SpareCause::Power);
  EXPECT_EQ(policy_.reason(), "the supply's voltage is too low");
  EXPECT_EQ(untilItChanges(kCool), seconds(60));
  EXPECT_EQ(policy_.reason(), "the supply's voltage is good again");
}

TEST_F(SparePolicyTest, DoesNotAskForACoolBoardAfterUnderVoltage) {
  read(kLowVoltage);
  EXPECT_EQ(untilItChanges(kWarm), seconds(60));
}

TEST_F(SparePolicyTest, NamesHeatWhereBothAreSo) {
  read(at(85, true));
  EXPECT_EQ(policy_.cause(), SpareCause::Heat);
}

TEST_F(SparePolicyTest, IsUnderVoltageUntilAMinuteWithout) {
  read(kLowVoltage);
  EXPECT_TRUE(policy_.isUnderVoltage());
  stay(kCool, seconds(55));
  EXPECT_TRUE(policy_.isUnderVoltage());
  read(kCool);
  EXPECT_FALSE(policy_.isUnderVoltage());
}

TEST_F(SparePolicyTest, WaitsTwiceAsLongAfterEachRelapseUpToABound) {
  read(kLowVoltage);
  for (const auto hold : {minutes(1), minutes(2), minutes(4), minutes(8), minutes(16), minutes(16)}) {
    EXPECT_EQ(untilItChanges(kCool), hold);
    ASSERT_EQ(policy_.step(), 0);
    stay(kCool, seconds(25));
    ASSERT_EQ(read(kLowVoltage), 1);
  }
}

TEST_F(SparePolicyTest, ForgetsRelapsesWhenItHasGoneWell) {
  read(kLowVoltage);
  stay(kCool, seconds(90));
  read(kLowVoltage);
  ASSERT_EQ(untilItChanges(kCool), minutes(2));
  stay(kCool, minutes(2));
  ASSERT_EQ(read(kLowVoltage), 1);
  EXPECT_EQ(untilItChanges(kCool), minutes(1));
}

TEST_F(SparePolicyTest, ChangesNothingWhereNothingIsTold) {
  stay(kHot, seconds(35));
  EXPECT_EQ(stay(Readings(), minutes(10)), 2);
}

TEST_F(SparePolicyTest, DoesNotLetAFrequencyCapDecide) {
  Readings readings = kCool;
  readings.isFrequencyCapped = true;
  EXPECT_EQ(stay(readings, minutes(10)), 0) << "an owner may have set it";
}

}  // namespace
}  // namespace fanlight::board
