// SPDX-License-Identifier: Apache-2.0
// Who may go on guessing.
#include "access/guess_limit.h"

#include <gtest/gtest.h>

#include "session/fakes.h"

namespace fanlight::access {
namespace {

using namespace std::chrono_literals;

const session::SourceId kGuesser("192.0.2.66");
const session::SourceId kOwner("192.0.2.7");

class GuessLimitTest : public testing::Test {
 protected:
  void guess(int times, const session::SourceId& source = kGuesser) {
    for (int time = 0; time < times; ++time)
      limit_.count(source);
  }

  test::SteeredClock clock_;
  GuessLimit limit_{clock_};
};

TEST_F(GuessLimitTest, AllowsAFewMistakes) {
  guess(9);
  EXPECT_FALSE(limit_.isOver(kGuesser));
}

TEST_F(GuessLimitTest, EndsAfterAsManyAsThereAre) {
  guess(10);
  EXPECT_TRUE(limit_.isOver(kGuesser));
}

TEST_F(GuessLimitTest, SaysSoOnce) {
  guess(8);
  EXPECT_FALSE(limit_.count(kGuesser));
  EXPECT_TRUE(limit_.count(kGuesser));
}

TEST_F(GuessLimitTest, KeepsNobodyElseOut) {
  guess(1000);
  EXPECT_FALSE(limit_.isOver(kOwner));
}

TEST_F(GuessLimitTest, GivesTriesBackSlowly) {
  guess(10);
  clock_.advance(5s);
  EXPECT_TRUE(limit_.isOver(kGuesser));
  clock_.advance(1s);
  EXPECT_FALSE(limit_.isOver(kGuesser));
  guess(1);
  EXPECT_TRUE(limit_.isOver(kGuesser));
}

TEST_F(GuessLimitTest, SavesNoMoreThanTheFirstTries) {
  guess(1);
  clock_.advance(24h);
  guess(10);
  EXPECT_TRUE(limit_.isOver(kGuesser));
}

TEST_F(GuessLimitTest, StaysOverForTheWorstWhileACrowdGuesses) {
  guess(10);
  for (std::size_t other = 0; other < 2 * kMaxGuessers; ++other)
    guess(1, session::SourceId("source " + std::to_string(other)));
  EXPECT_TRUE(limit_.isOver(kGuesser));
}

}  // namespace
}  // namespace fanlight::access
