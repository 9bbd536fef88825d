// SPDX-License-Identifier: Apache-2.0
// Each edge of the drawing in the header, with times made up.
#include "media/supervisor.h"

#include <vector>

#include <gmock/gmock.h>

namespace fanlight::media {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using Action = Supervisor::Action;
using State = Supervisor::State;

class SupervisorTest : public ::testing::Test {
 protected:
  explicit SupervisorTest(const SupervisorTimes& times = {}) : supervisor_(times) {}

  void want() { supervisor_.setWanted(true, now_); }
  void dismiss() { supervisor_.setWanted(false, now_); }
  void frame() { supervisor_.onFrame(now_); }
  void error(const std::string& reason) { supervisor_.onError({base::ErrorCode::Unavailable, reason}, now_); }
  Action decide() { return supervisor_.decide(now_); }
  Action decideAfter(base::Duration time) {
    now_ += time;
    return decide();
  }
  State state() const { return supervisor_.state(); }

  void start() {
    want();
    ASSERT_EQ(decide(), Action::Start);
  }
  void goLive() {
    start();
    now_ += milliseconds(300);
    frame();
    ASSERT_EQ(decide(), Action::None);
    ASSERT_EQ(state(), State::Live);
  }
  void goAway() {
    goLive();
    error("unplugged");
    ASSERT_EQ(decide(), Action::Stop);
    ASSERT_EQ(state(), State::Away);
  }
  /// Frames for so long, looked at as Camera does.
  void play(base::Duration time) {
    for (base::Duration played{}; played < time; played += milliseconds(250)) {
      now_ += milliseconds(250);
      frame();
      ASSERT_EQ(decide(), Action::None);
    }
  }
  /// The source goes on and the encoder gives nothing, for so long. Gives what was decided at the end of it.
  Action captureFor(base::Duration time) {
    Action action = Action::None;
    for (base::Duration passed{}; passed < time; passed += milliseconds(250)) {
      EXPECT_EQ(action, Action::None);
      now_ += milliseconds(250);
      supervisor_.onCaptured(now_);
      action = decide();
    }
    return action;
  }
  /// How long it takes until it says Start.
  int millisecondsUntilStart() {
    for (int time = 0; time < 60'000; time += 10, now_ += milliseconds(10))
      if (decide() == Action::Start)
        return time;
    return -1;
  }

  base::TimePoint now_{std::chrono::hours(1)};
  Supervisor supervisor_;
};

TEST_F(SupervisorTest, IsIdleWhileNobodyWantsPictures) {
  EXPECT_EQ(decideAfter(seconds(60)), Action::None);
  EXPECT_EQ(state(), State::Idle);
}

TEST_F(SupervisorTest, StartsWhenPicturesAreWanted) {
  want();
  EXPECT_EQ(decide(), Action::Start);
  EXPECT_EQ(state(), State::Starting);
}

TEST_F(SupervisorTest, SaysStartOnce) {
  start();
  EXPECT_EQ(decide(), Action::None);
  EXPECT_EQ(decideAfter(seconds(1)), Action::None);
}

TEST_F(SupervisorTest, IsLiveWithTheFirstFrame) {
  start();
  frame();
  EXPECT_EQ(state(), State::Live);
  EXPECT_EQ(decide(), Action::None);
}

TEST_F(SupervisorTest, IgnoresFramesOfThePipelineBefore) {
  start();
  supervisor_.onFrame(now_ - milliseconds(1));
  EXPECT_EQ(state(), State::Starting);
}

TEST_F(SupervisorTest, IgnoresFramesWhileIdle) {
  frame();
  EXPECT_EQ(state(), State::Idle);
}

TEST_F(SupervisorTest, GivesTheFirstFrameTenSeconds) {
  start();
  EXPECT_EQ(decideAfter(seconds(10)), Action::None);
  EXPECT_EQ(state(), State::Starting);
  EXPECT_EQ(decideAfter(milliseconds(1)), Action::Stop);
  EXPECT_EQ(state(), State::Away);
  EXPECT_EQ(supervisor_.reason(), "the camera gives no picture");
}

TEST_F(SupervisorTest, GivesEachFurtherFrameThreeSeconds) {
  goLive();
  EXPECT_EQ(decideAfter(seconds(3)), Action::None);
  EXPECT_EQ(state(), State::Live);
  EXPECT_EQ(decideAfter(milliseconds(1)), Action::Stop);
  EXPECT_EQ(state(), State::Away);
  EXPECT_EQ(supervisor_.reason(), "the camera stopped giving pictures");
  EXPECT_EQ(supervisor_.trouble()->code, base::ErrorCode::Timeout);
}

TEST_F(SupervisorTest, DoesNotTakeTheSameFrameForANewOne) {
  goLive();
  const base::TimePoint frame = now_;
  now_ += milliseconds(3001);
  supervisor_.onFrame(frame);
  EXPECT_EQ(decide(), Action::Stop);
}

TEST_F(SupervisorTest, StaysLiveWhileFramesCome) {
  goLive();
  play(seconds(60));
  EXPECT_EQ(state(), State::Live);
}

TEST_F(SupervisorTest, IsAwayUponAnErrorWithItsReason) {
  goLive();
  error("unplugged");
  EXPECT_EQ(state(), State::Away);
  EXPECT_EQ(supervisor_.reason(), "unplugged");
  EXPECT_EQ(decide(), Action::Stop);
}

TEST_F(SupervisorTest, IsAwayUponAnErrorBeforeTheFirstFrame) {
  start();
  error("no such device");
  EXPECT_EQ(state(), State::Away);
  EXPECT_EQ(decide(), Action::Stop);
}

TEST_F(SupervisorTest, StaysAwayThoughAFrameCameJustBeforeTheError) {
  goLive();
  now_ += milliseconds(33);
  const base::TimePoint unseen = now_;
  now_ += milliseconds(1);
  error("unplugged");
  supervisor_.onFrame(unseen);
  EXPECT_EQ(state(), State::Away);
  EXPECT_EQ(supervisor_.reason(), "unplugged");
  EXPECT_EQ(decide(), Action::Stop);
}

TEST_F(SupervisorTest, StaysAwayThoughThePipelineStillGivesFramesWhileItIsStopped) {
  goAway();
  now_ += milliseconds(33);
  frame();
  EXPECT_EQ(state(), State::Away);
}

TEST_F(SupervisorTest, StopsThePipelineThoughItIsAskedLate) {
  goLive();
  error("unplugged");
  EXPECT_EQ(decideAfter(seconds(2)), Action::Stop);
  EXPECT_EQ(decide(), Action::Start);
}

TEST_F(SupervisorTest, SaysStopOnce) {
  goAway();
  EXPECT_EQ(decide(), Action::None);
}

TEST_F(SupervisorTest, TriesAgainAfterHalfASecond) {
  goAway();
  EXPECT_EQ(decideAfter(milliseconds(499)), Action::None);
  EXPECT_EQ(decideAfter(milliseconds(1)), Action::Start);
}

TEST_F(SupervisorTest, StaysAwayWithItsReasonWhileItTriesAgain) {
  goAway();
  EXPECT_EQ(decideAfter(milliseconds(500)), Action::Start);
  EXPECT_EQ(state(), State::Away);
  EXPECT_EQ(supervisor_.reason(), "unplugged");
}

TEST_F(SupervisorTest, IsLiveAgainWithTheFirstFrameAfterTheTrouble) {
  goAway();
  decideAfter(milliseconds(500));
  now_ += milliseconds(200);
  frame();
  EXPECT_EQ(state(), State::Live);
  EXPECT_EQ(supervisor_.reason(), "");
  EXPECT_EQ(decide(), Action::None);
}

TEST_F(SupervisorTest, GivesALaterStartThreeSecondsWhereTheFirstWasQuick) {
  goAway();
  decideAfter(milliseconds(500));
  EXPECT_EQ(decideAfter(seconds(3)), Action::None);
  EXPECT_EQ(decideAfter(milliseconds(1)), Action::Stop);
  EXPECT_EQ(supervisor_.reason(), "the camera gives no picture");
}

TEST_F(SupervisorTest, GivesALaterStartTwiceWhatTheLastOneTook) {
  start();
  now_ += seconds(4);
  frame();
  error("unplugged");
  decide();
  ASSERT_EQ(decideAfter(milliseconds(500)), Action::Start);
  EXPECT_EQ(decideAfter(seconds(8)), Action::None);
  EXPECT_EQ(decideAfter(milliseconds(1)), Action::Stop);
}

TEST_F(SupervisorTest, GivesNoStartMoreThanTenSeconds) {
  start();
  now_ += seconds(9);
  frame();
  error("unplugged");
  decide();
  ASSERT_EQ(decideAfter(milliseconds(500)), Action::Start);
  EXPECT_EQ(decideAfter(seconds(10)), Action::None);
  EXPECT_EQ(decideAfter(milliseconds(1)), Action::Stop);
}

// Else a camera that has become slower would be cut off in each of its starts.
TEST_F(SupervisorTest, GivesTheNextStartTwiceAsLongAfterOneInVain) {
  goAway();
  for (const base::Duration allowed : {seconds(3), seconds(6), seconds(10), seconds(10)}) {
    ASSERT_GE(millisecondsUntilStart(), 0);
    EXPECT_EQ(decideAfter(allowed), Action::None);
    EXPECT_EQ(decideAfter(milliseconds(1)), Action::Stop);
  }
}

TEST_F(SupervisorTest, StopsATryThatReportsAnError) {
  goAway();
  decideAfter(milliseconds(500));
  error("busy");
  EXPECT_EQ(supervisor_.reason(), "busy");
  EXPECT_EQ(decide(), Action::Stop);
}

TEST_F(SupervisorTest, DoublesItsPausesUpToFourSeconds) {
  start();
  std::vector<int> pauses;
  for (int i = 0; i < 6; ++i) {
    error("no such device");
    ASSERT_EQ(decide(), Action::Stop);
    pauses.push_back(millisecondsUntilStart());
  }
  EXPECT_THAT(pauses, ElementsAre(500, 1000, 2000, 4000, 4000, 4000));
}

TEST_F(SupervisorTest, TriesAgainSoonWhenSomethingIsPluggedIn) {
  start();
  for (int i = 0; i < 6; ++i) {
    error("no such device");
    ASSERT_EQ(decide(), Action::Stop);
    if (i < 5)
      millisecondsUntilStart();
  }
  supervisor_.onPlugged(now_);
  std::vector<int> pauses{millisecondsUntilStart()};
  for (int i = 0; i < 2; ++i) {
    error("no such device");
    ASSERT_EQ(decide(), Action::Stop);
    pauses.push_back(millisecondsUntilStart());
  }
  EXPECT_THAT(pauses, ElementsAre(500, 500, 1000));
}

TEST_F(SupervisorTest, PutsNoTryOffWhenSomethingElseIsPluggedIn) {
  goAway();
  now_ += milliseconds(400);
  supervisor_.onPlugged(now_);
  EXPECT_EQ(millisecondsUntilStart(), 100);
}

TEST_F(SupervisorTest, StartsNothingThatNobodyWantsWhenSomethingIsPluggedIn) {
  supervisor_.onPlugged(now_);
  EXPECT_EQ(decideAfter(seconds(1)), Action::None);
}

TEST_F(SupervisorTest, DoublesItsPausesThoughEachTryGivesAFewFrames) {
  start();
  std::vector<int> pauses;
  for (int i = 0; i < 4; ++i) {
    play(seconds(9));
    error("loose plug");
    ASSERT_EQ(decide(), Action::Stop);
    pauses.push_back(millisecondsUntilStart());
  }
  EXPECT_THAT(pauses, ElementsAre(500, 1000, 2000, 4000));
}

TEST_F(SupervisorTest, CountsAnErrorAsTheFirstAgainAfterTenSecondsOfFrames) {
  goAway();
  EXPECT_EQ(millisecondsUntilStart(), 500);
  play(milliseconds(10'250));
  error("unplugged");
  EXPECT_EQ(decide(), Action::Stop);
  EXPECT_EQ(millisecondsUntilStart(), 500);
}

TEST_F(SupervisorTest, LingersForFiveSecondsAfterTheLastDemand) {
  goLive();
  play(seconds(1));
  dismiss();
  play(milliseconds(4750));
  EXPECT_EQ(state(), State::Live);
  now_ += milliseconds(250);
  frame();
  EXPECT_EQ(decide(), Action::Stop);
  EXPECT_EQ(state(), State::Idle);
}

TEST_F(SupervisorTest, GoesOnWhereItIsWantedAgainWhileItLingers) {
  goLive();
  dismiss();
  play(seconds(4));
  want();
  play(seconds(10));
  EXPECT_EQ(state(), State::Live);
}

TEST_F(SupervisorTest, LingersAnewAfterEachDemand) {
  goLive();
  dismiss();
  play(seconds(4));
  want();
  play(seconds(4));
  dismiss();
  play(milliseconds(4750));
  EXPECT_EQ(state(), State::Live);
}

TEST_F(SupervisorTest, IsStoppedWhereItIsUnwantedBeforeTheFirstFrame) {
  start();
  dismiss();
  EXPECT_EQ(decideAfter(seconds(4)), Action::None);
  EXPECT_EQ(decideAfter(seconds(1)), Action::Stop);
  EXPECT_EQ(state(), State::Idle);
}

TEST_F(SupervisorTest, StartsAtOnceWhereItIsWantedAgainAfterItWasIdle) {
  goLive();
  dismiss();
  EXPECT_EQ(decideAfter(seconds(5)), Action::Stop);
  want();
  EXPECT_EQ(decide(), Action::Start);
  EXPECT_EQ(state(), State::Starting);
}

TEST_F(SupervisorTest, DoesNotTryAgainWhileItIsUnwanted) {
  goAway();
  dismiss();
  EXPECT_EQ(decideAfter(seconds(4)), Action::None);
}

TEST_F(SupervisorTest, IsIdleAgainThoughItWasAway) {
  goAway();
  dismiss();
  EXPECT_EQ(decideAfter(seconds(5)), Action::None) << "nothing runs that could be stopped";
  EXPECT_EQ(state(), State::Idle);
  EXPECT_EQ(supervisor_.reason(), "");
}

TEST_F(SupervisorTest, ForgetsItsPausesWhileItIsIdle) {
  goAway();
  millisecondsUntilStart();
  error("unplugged");
  decide();
  dismiss();
  decideAfter(seconds(5));
  start();
  error("unplugged");
  EXPECT_EQ(decide(), Action::Stop);
  EXPECT_EQ(millisecondsUntilStart(), 500);
}

TEST_F(SupervisorTest, IgnoresAnErrorOfWhatDoesNotRun) {
  error("late");
  EXPECT_EQ(state(), State::Idle);
  goAway();
  error("later still");
  EXPECT_EQ(supervisor_.reason(), "unplugged");
}

TEST_F(SupervisorTest, RestartsAnEncoderThatGivesNothingOfThePicturesThatCome) {
  goLive();
  EXPECT_EQ(captureFor(milliseconds(2500)), Action::None);
  EXPECT_EQ(captureFor(milliseconds(250)), Action::RestartEncoder);
  EXPECT_EQ(state(), State::Live);
  EXPECT_TRUE(supervisor_.isEncoderStalled());
  EXPECT_EQ(captureFor(milliseconds(250)), Action::None) << "told once";
  frame();
  EXPECT_FALSE(supervisor_.isEncoderStalled());
}

TEST_F(SupervisorTest, RestartsEverythingWhereANewEncoderGivesNothingEither) {
  goLive();
  ASSERT_EQ(captureFor(milliseconds(2750)), Action::RestartEncoder);
  EXPECT_EQ(captureFor(seconds(3)), Action::None);
  EXPECT_EQ(captureFor(milliseconds(250)), Action::Stop);
  EXPECT_EQ(state(), State::Away);
  EXPECT_EQ(supervisor_.reason(), "the encoder stopped, also when it was made anew");
  EXPECT_FALSE(supervisor_.isEncoderStalled());
}

TEST_F(SupervisorTest, RestartsEverythingWhereTheEncoderStallsAgainSoon) {
  goLive();
  ASSERT_EQ(captureFor(milliseconds(2750)), Action::RestartEncoder);
  play(seconds(9));
  EXPECT_EQ(captureFor(milliseconds(3000)), Action::None);
  EXPECT_EQ(captureFor(milliseconds(250)), Action::Stop);
}

TEST_F(SupervisorTest, RestartsTheEncoderAloneAgainWhereItHasWorkedForAWhile) {
  goLive();
  ASSERT_EQ(captureFor(milliseconds(2750)), Action::RestartEncoder);
  play(milliseconds(10'250));
  EXPECT_EQ(captureFor(milliseconds(2750)), Action::RestartEncoder);
}

TEST_F(SupervisorTest, BlamesTheSourceWhereNoPicturesComeEither) {
  goLive();
  supervisor_.onCaptured(now_);
  EXPECT_EQ(decideAfter(milliseconds(3001)), Action::Stop);
  EXPECT_EQ(supervisor_.reason(), "the camera stopped giving pictures");
}

TEST_F(SupervisorTest, GivesPicturesTheirWholeTimeAgainAfterNobodyLooked) {
  goLive();
  now_ += seconds(60);
  supervisor_.onHeldUp(now_);
  supervisor_.onCaptured(now_);
  EXPECT_EQ(decide(), Action::None) << "the encoder stood as well, and has just been given a picture";
  EXPECT_EQ(decideAfter(milliseconds(2400)), Action::None);
  EXPECT_EQ(decideAfter(milliseconds(601)), Action::Stop) << "of a camera that did not go on";
}

TEST_F(SupervisorTest, StillFindsAnEncoderStalledAfterNobodyLooked) {
  goLive();
  now_ += seconds(60);
  supervisor_.onHeldUp(now_);
  EXPECT_EQ(captureFor(milliseconds(2750)), Action::RestartEncoder);
}

TEST_F(SupervisorTest, GivesAStartItsWholeTimeAgainAfterNobodyLooked) {
  start();
  now_ += seconds(60);
  supervisor_.onHeldUp(now_);
  EXPECT_EQ(decideAfter(seconds(10)), Action::None);
  EXPECT_EQ(decideAfter(milliseconds(1)), Action::Stop);
}

TEST_F(SupervisorTest, SaysThatTheEncoderGivesNothingWherePicturesComeAtTheStart) {
  start();
  EXPECT_EQ(captureFor(milliseconds(10'250)), Action::Stop);
  EXPECT_EQ(supervisor_.reason(), "the encoder gives nothing of the camera's pictures");
}

TEST_F(SupervisorTest, KnowsSinceWhenItIsAwayThroughAllTries) {
  goAway();
  const auto since = now_;
  EXPECT_EQ(supervisor_.awaySince(), since);
  ASSERT_NE(millisecondsUntilStart(), -1);
  error("unplugged again");
  EXPECT_EQ(supervisor_.awaySince(), since);
  ASSERT_EQ(decide(), Action::Stop);
  ASSERT_NE(millisecondsUntilStart(), -1);
  now_ += milliseconds(100);
  frame();
  EXPECT_EQ(supervisor_.awaySince(), std::nullopt);
}

TEST_F(SupervisorTest, StartsAnewUnderItsViewersWhenItsSettingsChange) {
  goLive();
  supervisor_.onSettings({}, now_);
  EXPECT_EQ(decide(), Action::Restart);
  EXPECT_EQ(state(), State::Live);
  EXPECT_EQ(decide(), Action::None) << "told once";
  now_ += milliseconds(300);
  frame();
  EXPECT_EQ(decide(), Action::None);
}

TEST_F(SupervisorTest, TriesAtOnceWithOtherSettingsWhereItIsAway) {
  goAway();
  supervisor_.onSettings({}, now_);
  EXPECT_EQ(decide(), Action::Start);
}

TEST_F(SupervisorTest, StaysOffWithOtherSettingsWhereNobodyWantsIt) {
  supervisor_.onSettings({}, now_);
  EXPECT_EQ(decide(), Action::None);
  EXPECT_EQ(state(), State::Idle);
}

class FrozenSupervisorTest : public SupervisorTest {
 protected:
  static SupervisorTimes times() {
    SupervisorTimes times;
    times.frozen = seconds(30);
    times.longestFrozen = seconds(100);
    return times;
  }
  FrozenSupervisorTest() : SupervisorTest(times()) {}

  void change() { supervisor_.onChanged(now_); }
  /// How long the same picture comes again and again until that is acted upon, in seconds.
  int secondsUntilRestart() {
    for (int time = 0; time < 600; ++time) {
      for (int i = 0; i < 4; ++i, now_ += milliseconds(250)) {
        frame();
        const Action action = decide();
        if (action == Action::Restart)
          return time;
        EXPECT_EQ(action, Action::None);
      }
    }
    return -1;
  }
};

TEST_F(FrozenSupervisorTest, IsStartedAnewWhereThePictureStaysTheSame) {
  goLive();
  change();
  EXPECT_EQ(secondsUntilRestart(), 30);
  EXPECT_TRUE(supervisor_.isFrozen());
  EXPECT_EQ(state(), State::Live) << "viewers keep the picture that they have";
}

TEST_F(FrozenSupervisorTest, IsStartedAnewLessAndLessOftenWhereThatDoesNotHelp) {
  goLive();
  change();
  EXPECT_EQ(secondsUntilRestart(), 30);
  EXPECT_EQ(secondsUntilRestart(), 60);
  EXPECT_EQ(secondsUntilRestart(), 100);
  EXPECT_EQ(secondsUntilRestart(), 100);
}

TEST_F(FrozenSupervisorTest, IsNotTakenInByTheChangesOfAStart) {
  goLive();
  change();
  ASSERT_EQ(secondsUntilRestart(), 30);
  play(seconds(5));
  change();
  EXPECT_TRUE(supervisor_.isFrozen());
  EXPECT_EQ(secondsUntilRestart(), 60);
}

TEST_F(FrozenSupervisorTest, IsFrozenNoMoreOnceItsPictureChangesForAWhile) {
  goLive();
  change();
  ASSERT_EQ(secondsUntilRestart(), 30);
  play(seconds(10));
  change();
  EXPECT_FALSE(supervisor_.isFrozen());
  EXPECT_EQ(secondsUntilRestart(), 30) << "the next time is a first time";
}

TEST_F(FrozenSupervisorTest, IsJudgedByWhatItGaveSinceItWasStarted) {
  change();
  now_ += std::chrono::hours(1);
  goLive();
  EXPECT_EQ(secondsUntilRestart(), 30);
}

TEST_F(FrozenSupervisorTest, IsAwayWhereItDoesNotComeBackFromThat) {
  goLive();
  change();
  ASSERT_EQ(secondsUntilRestart(), 30);
  EXPECT_EQ(decideAfter(milliseconds(3001)), Action::Stop);
  EXPECT_EQ(state(), State::Away);
}

TEST_F(FrozenSupervisorTest, IsForgottenWithTheLastViewer) {
  goLive();
  change();
  ASSERT_EQ(secondsUntilRestart(), 30);
  dismiss();
  EXPECT_EQ(decideAfter(seconds(5)), Action::Stop);
  EXPECT_FALSE(supervisor_.isFrozen());
}

TEST_F(SupervisorTest, LetsAPictureThatWeMakeBeTheSameForEver) {
  goLive();
  supervisor_.onChanged(now_);
  play(std::chrono::minutes(10));
  EXPECT_FALSE(supervisor_.isFrozen());
}

}  // namespace
}  // namespace fanlight::media
