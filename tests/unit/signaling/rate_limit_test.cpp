// SPDX-License-Identifier: Apache-2.0
// How fast a channel may send.
#include "signaling/rate_limit.h"

#include <gtest/gtest.h>

#include "session/fakes.h"

namespace fanlight::signaling {
namespace {

using namespace std::chrono_literals;
using Verdict = RateLimit::Verdict;

constexpr auto kUntilFull =
    std::chrono::ceil<std::chrono::seconds>(std::chrono::duration<double>(kMessageBurst / kMessagesPerSecond));

class RateLimitTest : public ::testing::Test {
 protected:
  void spendBurst() {
    for (int i = 0; i < static_cast<int>(kMessageBurst); ++i)
      ASSERT_EQ(limit_.judge(), Verdict::Pass) << i;
  }
  test::SteeredClock clock_;
  RateLimit limit_{clock_};
};

TEST_F(RateLimitTest, PassesABurst) {
  spendBurst();
  EXPECT_EQ(limit_.judge(), Verdict::Over);
}

TEST_F(RateLimitTest, PassesItsRateForEver) {
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_EQ(limit_.judge(), Verdict::Pass) << i;
    clock_.advance(50ms);
  }
}

TEST_F(RateLimitTest, PassesOnlyItsRateOnceTheBurstIsSpent) {
  spendBurst();
  EXPECT_EQ(limit_.judge(), Verdict::Over);
  clock_.advance(1s);
  for (int i = 0; i < static_cast<int>(kMessagesPerSecond); ++i)
    EXPECT_EQ(limit_.judge(), Verdict::Pass) << i;
  EXPECT_EQ(limit_.judge(), Verdict::StillOver);
}

TEST_F(RateLimitTest, SaysSoOnceABurst) {
  spendBurst();
  EXPECT_EQ(limit_.judge(), Verdict::Over);
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(limit_.judge(), Verdict::StillOver) << i;
  clock_.advance(kUntilFull);
  spendBurst();
  EXPECT_EQ(limit_.judge(), Verdict::Over);
}

TEST_F(RateLimitTest, SavesUpNoMoreThanABurst) {
  clock_.advance(1h);
  spendBurst();
  EXPECT_EQ(limit_.judge(), Verdict::Over);
}

TEST_F(RateLimitTest, CallsItAbuseWhenTooManyOfABurstWereIgnored) {
  spendBurst();
  for (int i = 0; i < kMaxIgnoredMessages; ++i)
    ASSERT_NE(limit_.judge(), Verdict::Abuse) << i;
  EXPECT_EQ(limit_.judge(), Verdict::Abuse);
}

TEST_F(RateLimitTest, CallsASlowFloodAbuseToo) {
  int passed = 0;
  auto verdict = Verdict::Pass;
  for (int i = 0; verdict != Verdict::Abuse && i < 10'000; ++i) {
    clock_.advance(25ms);  // twice the rate
    verdict = limit_.judge();
    passed += verdict == Verdict::Pass ? 1 : 0;
  }
  EXPECT_EQ(verdict, Verdict::Abuse);
  EXPECT_GT(passed, kMaxIgnoredMessages);
}

TEST_F(RateLimitTest, ForgivesOnceTheBucketIsFullAgain) {
  for (int burst = 0; burst < 10; ++burst) {
    spendBurst();
    for (int i = 0; i < kMaxIgnoredMessages; ++i)
      ASSERT_NE(limit_.judge(), Verdict::Abuse) << i;
    clock_.advance(kUntilFull);
  }
}

}  // namespace
}  // namespace fanlight::signaling
