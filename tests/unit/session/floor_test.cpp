// SPDX-License-Identifier: Apache-2.0
// Each edge of the drawing in the header, with times made up.
#include "session/floor.h"

#include <map>

#include <gmock/gmock.h>

namespace fanlight::session {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Floor::Change granted(const char* id) {
  return {SessionId(id), std::nullopt, {}};
}
Floor::Change pending(const char* id, int position) {
  return {SessionId(id), std::nullopt, {position}};
}
Floor::Change ended(const char* id, TurnEnd end) {
  return {SessionId(id), end, {}};
}

class FloorTest : public ::testing::Test {
 protected:
  explicit FloorTest(const FloorRules& rules = {}) : floor_(rules) {}

  Floor::Changes ask(const char* id) { return floor_.request(SessionId(id), false, now_); }
  Floor::Changes askAsOwner(const char* id) { return floor_.request(SessionId(id), true, now_); }
  Floor::Changes giveBack(const char* id) { return floor_.release(SessionId(id), now_); }
  void hear(const char* id) { heard_[SessionId(id)] = now_; }
  Floor::Changes reviewAfter(base::Duration time) {
    now_ += time;
    return floor_.review(now_, [this](const SessionId& id) {
      const auto heard = heard_.find(id);
      return heard == heard_.end() ? std::nullopt : std::optional(heard->second);
    });
  }

  base::TimePoint now_{std::chrono::hours(1)};
  std::map<SessionId, base::TimePoint> heard_;
  Floor floor_;
};

TEST_F(FloorTest, IsGrantedToTheFirstWhoAsks) {
  EXPECT_THAT(ask("one"), ElementsAre(granted("one")));
  EXPECT_THAT(floor_.talkers(), ElementsAre(SessionId("one")));
}

TEST_F(FloorTest, LetsTheOthersWaitInTheOrderInWhichTheyAsked) {
  ask("one");
  EXPECT_THAT(ask("two"), ElementsAre(pending("two", 1)));
  EXPECT_THAT(ask("three"), ElementsAre(pending("three", 2)));
  EXPECT_THAT(giveBack("one"), ElementsAre(ended("one", TurnEnd::Released), granted("two"), pending("three", 1)));
  EXPECT_THAT(giveBack("two"), ElementsAre(ended("two", TurnEnd::Released), granted("three")));
}

TEST_F(FloorTest, KeepsAPlaceForWhoAsksAgain) {
  ask("one");
  ask("two");
  EXPECT_THAT(ask("one"), IsEmpty());
  EXPECT_THAT(ask("two"), IsEmpty());
  EXPECT_EQ(floor_.turnOf(SessionId("one")), Turn{});
  EXPECT_EQ(floor_.turnOf(SessionId("two")), Turn{1});
}

TEST_F(FloorTest, LetsWhoWaitsGoAway) {
  ask("one");
  ask("two");
  ask("three");
  EXPECT_THAT(giveBack("two"), ElementsAre(ended("two", TurnEnd::Released), pending("three", 1)));
  EXPECT_EQ(floor_.turnOf(SessionId("two")), std::nullopt);
}

TEST_F(FloorTest, HasNothingToSayOfWhoHasNoTurn) {
  ask("one");
  EXPECT_THAT(giveBack("two"), IsEmpty());
}

TEST_F(FloorTest, IsGoneWithinASecondFromWhoHasVanished) {
  ask("one");
  ask("two");
  reviewAfter(seconds(1));
  hear("one");
  EXPECT_THAT(reviewAfter(milliseconds(700)), IsEmpty());
  EXPECT_THAT(reviewAfter(milliseconds(200)), ElementsAre(ended("one", TurnEnd::Silent), granted("two")));
}

TEST_F(FloorTest, StaysForAWhileWithWhoIsNotHeardWhereNobodyWaits) {
  ask("one");
  reviewAfter(seconds(1));
  hear("one");
  EXPECT_THAT(reviewAfter(seconds(5)), IsEmpty());
  EXPECT_THAT(reviewAfter(milliseconds(200)), ElementsAre(ended("one", TurnEnd::Silent)));
}

TEST_F(FloorTest, IsGoneFromWhoHasVanishedAsSoonAsSomebodyAsks) {
  ask("one");
  reviewAfter(seconds(1));
  hear("one");
  reviewAfter(seconds(2));
  ask("two");
  EXPECT_THAT(reviewAfter(milliseconds(200)), ElementsAre(ended("one", TurnEnd::Silent), granted("two")));
}

TEST_F(FloorTest, StaysWithWhoIsHeard) {
  ask("one");
  for (int i = 0; i < 100; ++i) {
    hear("one");
    EXPECT_THAT(reviewAfter(milliseconds(200)), IsEmpty());
  }
}

TEST_F(FloorTest, GivesAMicrophoneThreeSecondsToStart) {
  ask("one");
  EXPECT_THAT(reviewAfter(seconds(3)), IsEmpty());
  EXPECT_THAT(reviewAfter(milliseconds(1)), ElementsAre(ended("one", TurnEnd::Silent)));
}

TEST_F(FloorTest, CountsNothingThatWasHeardBeforeTheTurn) {
  hear("one");
  now_ += seconds(60);
  ask("one");
  EXPECT_THAT(reviewAfter(seconds(2)), IsEmpty());
}

TEST_F(FloorTest, DoesNotExpectToHearWhoWaits) {
  ask("one");
  ask("two");
  for (int i = 0; i < 30; ++i) {
    hear("one");
    EXPECT_THAT(reviewAfter(milliseconds(200)), IsEmpty());
  }
}

TEST_F(FloorTest, EndsATurnThatHasLastedLongEnough) {
  ask("one");
  ask("two");
  now_ += std::chrono::minutes(5);
  hear("one");
  EXPECT_THAT(reviewAfter({}), IsEmpty());
  EXPECT_THAT(reviewAfter(milliseconds(1)), ElementsAre(ended("one", TurnEnd::Limit), granted("two")));
}

TEST_F(FloorTest, IsTheOwnersAtOnce) {
  ask("one");
  ask("two");
  EXPECT_THAT(askAsOwner("owner"), ElementsAre(ended("one", TurnEnd::Preempted), granted("owner")));
  EXPECT_EQ(floor_.turnOf(SessionId("two")), Turn{1}) << "who waits goes on waiting";
}

TEST_F(FloorTest, LetsASecondOwnerWaitForTheFirstAndBeforeAllOthers) {
  askAsOwner("owner");
  ask("one");
  EXPECT_THAT(askAsOwner("second"), ElementsAre(pending("second", 1), pending("one", 2)));
  EXPECT_THAT(giveBack("owner"), ElementsAre(ended("owner", TurnEnd::Released), granted("second"), pending("one", 1)));
}

TEST_F(FloorTest, IsUsedWhileSomebodyHasATurn) {
  EXPECT_FALSE(floor_.isUsed());
  ask("one");
  EXPECT_TRUE(floor_.isUsed());
  giveBack("one");
  EXPECT_FALSE(floor_.isUsed());
}

class SharedFloorTest : public FloorTest {
 protected:
  SharedFloorTest() : FloorTest({.talkers = 2}) {}
};

TEST_F(SharedFloorTest, IsGrantedToAsManyAsMayTalkAtOnce) {
  EXPECT_THAT(ask("one"), ElementsAre(granted("one")));
  EXPECT_THAT(ask("two"), ElementsAre(granted("two")));
  EXPECT_THAT(ask("three"), ElementsAre(pending("three", 1)));
  EXPECT_THAT(giveBack("one"), ElementsAre(ended("one", TurnEnd::Released), granted("three")));
  EXPECT_THAT(floor_.talkers(), ElementsAre(SessionId("two"), SessionId("three")));
}

TEST_F(SharedFloorTest, IsTakenByAnOwnerFromWhoHasTalkedForTheShortestTime) {
  ask("one");
  ask("two");
  EXPECT_THAT(askAsOwner("owner"), ElementsAre(ended("two", TurnEnd::Preempted), granted("owner")));
}

TEST_F(SharedFloorTest, IsTakenFromNobodyWhereThereIsRoom) {
  ask("one");
  EXPECT_THAT(askAsOwner("owner"), ElementsAre(granted("owner")));
}

}  // namespace
}  // namespace fanlight::session
