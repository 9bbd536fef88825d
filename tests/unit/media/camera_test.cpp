// SPDX-License-Identifier: Apache-2.0
// A camera as its owner sees it: when it runs, what it tells, and how it comes back.
#include "media/camera.h"

#include <gmock/gmock.h>

#include "board/stand_in_element.h"
#include "media/camera_fixture.h"

namespace fanlight::media {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using State = Camera::State;
using test::PictureLog;
using test::Quirk;

class CameraTest : public test::CameraFixture {
 protected:
  /// It has been wanted and let go before, and is Live for this one.
  [[nodiscard]] Camera::Demand demandAfterARest() {
    camera_->demand().reset();
    clock_.jump(seconds(5));
    awaitState(State::Idle);
    auto demand = camera_->demand();
    awaitState(State::Live);
    return demand;
  }
  void awaitRawPicture() {
    const auto hasCome = std::make_shared<std::atomic<bool>>(false);
    const auto request = camera_->stillFrames()->takeNext([hasCome](const StillFrames::Picture&) { *hasCome = true; });
    runUntil("a raw picture", [&hasCome] { return hasCome->load(); });
  }
  /// At no time is the newest picture of the source so old that the source could be blamed.
  void passWithRawPictures(base::Duration whole) {
    constexpr auto kStep = std::chrono::milliseconds(500);
    for (base::Duration passed{}; passed < whole; passed += kStep) {
      awaitRawPicture();
      clock_.jump(kStep);
      look();
    }
  }
  /// As its timer does, several times a second.
  void look() { camera_->demand().reset(); }
  /// Looked at all the while, as its timer does.
  void pass(base::Duration whole) {
    constexpr auto kStep = std::chrono::milliseconds(500);
    for (base::Duration passed{}; passed < whole; passed += kStep) {
      clock_.jump(kStep);
      look();
    }
  }
  /// So that what a test breaks afterwards is broken for the camera alone.
  void probeEncoder(const char* name = "auto") {
    ASSERT_TRUE(services_.encoders->choose(name, {{320, 240}, {30, 1}, {500'000}, 300}));
  }
  /// Its encoder has given nothing for as long as is waited for. Returns how many pictures it had given.
  std::size_t awaitStall(const test::StandInElement& encoder, const PictureLog& log) {
    runUntil("the stall", [&encoder] { return encoder.hasStalled(); });
    const auto given = log.count();
    passWithRawPictures(milliseconds(3000));
    return given;
  }
};

TEST_F(CameraTest, IsIdleUntilSomebodyDemandsPictures) {
  make(settings());
  while (context_.iterate(false))
    continue;
  EXPECT_EQ(camera_->state(), State::Idle);
  EXPECT_EQ(camera_->worker().busyFor(), std::nullopt);
  EXPECT_THAT(states_, IsEmpty());
}

TEST_F(CameraTest, StartsAndGoesLiveForADemand) {
  make(settings());
  const auto demand = camera_->demand();
  EXPECT_EQ(camera_->state(), State::Starting);
  awaitState(State::Live);
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Live));
  EXPECT_EQ(camera_->reason(), "");
}

TEST_F(CameraTest, TellsWhatItGives) {
  make(settings());
  EXPECT_EQ(camera_->mode().resolution, (base::Resolution{320, 240})) << "what was asked for, before it started";
  const auto demand = camera_->demand();
  awaitState(State::Live);
  EXPECT_EQ(camera_->mode(), (CaptureMode{CaptureMode::Format::Raw, {320, 240}, {30, 1}}));
}

TEST_F(CameraTest, TellsWhatEncodesAndWhatThatTakesAlsoWhenItRestsAgain) {
  make(settings(), {rendition("x264enc")});
  EXPECT_FALSE(camera_->encoder());
  auto demand = camera_->demand();
  awaitState(State::Live);
  runUntil("what encodes", [this] { return camera_->encoder().has_value(); });
  EXPECT_EQ(camera_->encoder()->kind->name, "x264enc");
  EXPECT_FALSE(camera_->encoder()->corePercent) << "nothing can have been measured yet";
  const int told = told_;
  clock_.jump(seconds(5));
  runUntil("what it takes", [this] { return camera_->encoder()->corePercent.has_value(); });
  EXPECT_GT(told_, told);
  EXPECT_GE(*camera_->encoder()->corePercent, 0);
  demand.reset();
  clock_.jump(seconds(5));
  awaitState(State::Idle);
  EXPECT_TRUE(camera_->encoder()->corePercent);
}

TEST_F(CameraTest, BringsPicturesIntoItsFanout) {
  make(settings());
  PictureLog log(camera_->fanout(), clock_);
  const auto demand = camera_->demand();
  awaitPictures(log, 5);
  EXPECT_TRUE(log.end().front().isKeyFrame());
}

TEST_F(CameraTest, LingersForFiveSecondsAfterTheLastDemand) {
  make(settings());
  auto demand = camera_->demand();
  awaitState(State::Live);
  demand.reset();
  const std::uint64_t before = camera_->fanout()->figures().frames;
  runUntil("more pictures", [this, before] { return camera_->fanout()->figures().frames > before + 10; });
  EXPECT_EQ(camera_->state(), State::Live);
  clock_.jump(seconds(5));
  awaitState(State::Idle);
  awaitEndOfPipeline();
}

TEST_F(CameraTest, RunsWhileOneOfSeveralDemandsIsHeld) {
  make(settings());
  auto one = camera_->demand();
  const auto other = camera_->demand();
  awaitState(State::Live);
  one.reset();
  // Past the five seconds of lingering, by less at a time than makes a camera look as if it hung.
  for (int i = 0; i < 12; ++i) {
    const std::uint64_t before = camera_->fanout()->figures().frames;
    clock_.jump(milliseconds(500));
    runUntil("more pictures", [this, before] { return camera_->fanout()->figures().frames > before; });
  }
  EXPECT_THAT(states_, Not(Contains(State::Idle)));
}

TEST_F(CameraTest, RunsAgainForALaterDemand) {
  make(settings());
  const auto demand = demandAfterARest();
  EXPECT_EQ(camera_->state(), State::Live);
}

TEST_F(CameraTest, KeepsTimestampsGrowingOverARestart) {
  make(settings());
  PictureLog log(camera_->fanout(), clock_);
  auto demand = camera_->demand();
  awaitPictures(log, 5);
  demand.reset();
  clock_.jump(seconds(5));
  awaitState(State::Idle);
  awaitEndOfPipeline(1);
  const GstClockTime ended = services_.timeBase.runningTime();
  const std::size_t before = log.count();
  demand = camera_->demand();
  awaitPictures(log, before + 5);
  const auto& pictures = log.end();
  EXPECT_TRUE(pictures[before].isKeyFrame());
  EXPECT_GE(GST_BUFFER_PTS(pictures[before].buffer.get()), ended) << "the true time, not one that was moved";
  for (std::size_t i = 1; i < pictures.size(); ++i)
    EXPECT_GT(GST_BUFFER_PTS(pictures[i].buffer.get()), GST_BUFFER_PTS(pictures[i - 1].buffer.get()));
}

TEST_F(CameraTest, IsAwayWithTheReasonWhereItCannotStart) {
  const test::MissingElement missing("videotestsrc");
  make(settings());
  const auto demand = camera_->demand();
  awaitState(State::Away);
  EXPECT_THAT(camera_->reason(), HasSubstr("no element \"videotestsrc\""));
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Away));
}

TEST_F(CameraTest, IsTriedAgainUntilItStarts) {
  make(settings());
  Camera::Demand demand;
  {
    const test::MissingElement missing("videotestsrc");
    demand = camera_->demand();
    awaitState(State::Away);
  }
  clock_.jump(milliseconds(500));
  awaitState(State::Live);
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Away, State::Live));
}

TEST_F(CameraTest, TellsTheSameReasonOnceHoweverOftenItIsTried) {
  const test::StandInElement broken("x264enc", Quirk::NoHardware);
  make(settings(), {rendition("x264enc")});
  const auto demand = camera_->demand();
  awaitState(State::Away);
  for (int tries = 2; tries < 5; ++tries) {
    clock_.jump(seconds(4));
    runUntil("another try", [&broken, tries] { return broken.made() >= tries; });
  }
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Away));
  EXPECT_EQ(camera_->reason(), "no encoder for 'x264enc' works here; 'x264enc': no such device");
}

TEST_F(CameraTest, IsAwayAtOnceWithTheReasonWhereItBreaksWhilePicturesCome) {
  const test::StandInElement breaking("x264enc", Quirk::Breaks);
  make(settings(), {rendition("x264enc")});
  const auto demand = camera_->demand();
  awaitState(State::Live);
  awaitState(State::Away);
  EXPECT_THAT(camera_->reason(), HasSubstr("the device is gone"));
}

TEST_F(CameraTest, ComesBackAfterItBroke) {
  const test::StandInElement breaking("x264enc", Quirk::Breaks);
  make(settings(), {rendition("x264enc")});
  const auto demand = camera_->demand();
  awaitState(State::Live);
  awaitState(State::Away);
  awaitState(State::Live);
  EXPECT_EQ(camera_->reason(), "");
}

TEST_F(CameraTest, CountsAsRestartsOnlyStartsThatAFaultMadeNecessary) {
  const test::StandInElement breaking("x264enc", Quirk::Breaks);
  make(settings(), {rendition("x264enc")});
  EXPECT_EQ(camera_->starts(), 0U);
  const auto demand = camera_->demand();
  awaitState(State::Away);
  awaitState(State::Live);
  EXPECT_GE(camera_->restarts(), 1U);
  EXPECT_EQ(camera_->starts(), camera_->restarts() + 1);
}

TEST_F(CameraTest, CountsALaterDemandAsNoRestart) {
  make(settings());
  const auto demand = demandAfterARest();
  EXPECT_EQ(camera_->starts(), 2U);
  EXPECT_EQ(camera_->restarts(), 0U);
}

TEST_F(CameraTest, CountsPicturesThatABusyEncoderHadNoTimeFor) {
  probeEncoder();
  test::StandInElement busy("x264enc", Quirk::IsBusy);
  make(settings(), {rendition("x264enc")});
  const auto demand = camera_->demand();
  runUntil("the frame that keeps it busy", [&busy] { return busy.hasStalled(); });
  const telemetry::Count before = camera_->encodeFigures().lateFrames;
  // The first of them may be the one that the encoder has; the next waits in the queue, and each further one is late.
  constexpr telemetry::Count kRawPictures = 10;
  for (telemetry::Count seen = 0; seen < kRawPictures; ++seen) {
    awaitRawPicture();
  }
  EXPECT_GE(camera_->encodeFigures().lateFrames, before + kRawPictures - 3);
  busy.letGo();
}

TEST_F(CameraTest, IsAwayWhereItsSourceFailsWithoutAWord) {
  probeEncoder();
  const test::StandInElement mute("videotestsrc", Quirk::Mute);
  make(settings());
  const auto demand = camera_->demand();
  awaitState(State::Away);
  EXPECT_EQ(camera_->reason(), "the pipeline did not reach PLAYING");
}

TEST_F(CameraTest, IsAwayWhereItsEncoderGivesNothingForTenSeconds) {
  probeEncoder();
  const test::StandInElement swallowing("x264enc", Quirk::Swallows);
  make(settings());
  const auto demand = camera_->demand();
  runUntil("the pipeline", [&swallowing] { return swallowing.made() == 1; });
  passWithRawPictures(seconds(10));
  awaitState(State::Away);
  EXPECT_EQ(camera_->reason(), "the encoder gives nothing of the camera's pictures");
}

TEST_F(CameraTest, IsAwayWhereOneOfItsEncodesGivesNoPictureThoughAnotherDoes) {
  for (const char* encoder : {"x264enc", "openh264enc"})
    probeEncoder(encoder);
  const test::StandInElement swallowing("openh264enc", Quirk::Swallows);
  make(settings(), {rendition("x264enc"), rendition("openh264enc")});
  PictureLog log(camera_->fanout(0), clock_);
  const auto demand = camera_->demand();
  awaitPictures(log, 5);
  passWithRawPictures(seconds(10));
  awaitState(State::Away);
  EXPECT_EQ(camera_->reason(), "the encoder gives nothing of the camera's pictures");
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Away));
}

TEST_F(CameraTest, HasAnEncoderThatStallsMadeAnewWhileTheOtherAndTheSourceGoOn) {
  for (const char* encoder : {"x264enc", "openh264enc"})
    probeEncoder(encoder);
  const test::StandInElement sources("videotestsrc", Quirk::None);
  const test::StandInElement stalling("openh264enc", Quirk::Stalls);
  make(settings(), {rendition("x264enc"), rendition("openh264enc")});
  PictureLog other(camera_->fanout(0), clock_);
  PictureLog stalled(camera_->fanout(1), clock_);
  const auto demand = camera_->demand();
  awaitState(State::Live);
  const auto before = awaitStall(stalling, stalled);
  awaitPictures(stalled, before + 5);
  EXPECT_EQ(stalling.made(), 2);
  EXPECT_EQ(sources.made(), 1);
  EXPECT_EQ(camera_->state(), State::Live);
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Live));
  EXPECT_TRUE(stalled.end().at(before).isKeyFrame()) << "a decoder can begin with it";
  EXPECT_EQ(other.keyFrames(), 1U) << "who watches the other notices nothing";
}

TEST_F(CameraTest, HasPicturesWhileAnEncoderThatIsMadeAnewTakesLongToStart) {
  for (const char* encoder : {"x264enc", "openh264enc"})
    probeEncoder(encoder);
  test::StandInElement slow("openh264enc", Quirk::StallsAndHangs);
  make(settings(), {rendition("x264enc"), rendition("openh264enc")});
  PictureLog other(camera_->fanout(0), clock_);
  PictureLog stalled(camera_->fanout(1), clock_);
  const auto demand = camera_->demand();
  awaitState(State::Live);
  const auto before = awaitStall(slow, stalled);
  runUntil("the new encoder", [&slow] { return slow.made() == 2; });
  awaitPictures(other, other.count() + 10);
  EXPECT_EQ(stalled.count(), before);
  slow.letGo();
  awaitPictures(stalled, before + 5);
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Live));
}

TEST_F(CameraTest, HasPicturesForStillsWhileItsOnlyEncoderIsMadeAnew) {
  probeEncoder("openh264enc");
  test::StandInElement slow("openh264enc", Quirk::StallsAndHangs);
  make(settings(), {rendition("openh264enc")});
  PictureLog log(camera_->fanout(), clock_);
  const auto demand = camera_->demand();
  awaitState(State::Live);
  const auto before = awaitStall(slow, log);
  runUntil("the new encoder", [&slow] { return slow.made() == 2; });
  for (int i = 0; i < 10; ++i)
    awaitRawPicture();
  slow.letGo();
  awaitPictures(log, before + 5);
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Live));
}

TEST_F(CameraTest, IsAwayWhileItsDeviceHangs) {
  probeEncoder();
  test::StandInElement hanging("videotestsrc", Quirk::Hangs);
  make(settings());
  const auto demand = camera_->demand();
  runUntil("the device to be opened", [&hanging] { return hanging.made() == 1; });
  pass(milliseconds(10'500));
  EXPECT_EQ(camera_->state(), State::Away);
  EXPECT_TRUE(camera_->worker().busyFor());
  hanging.letGo();
  clock_.jump(seconds(1));
  awaitState(State::Live);
}

TEST_F(CameraTest, BlamesNothingThatWasDueWhileTheProcessStood) {
  probeEncoder("x264enc");
  const test::StandInElement sources("videotestsrc", Quirk::None);
  make(settings(), {rendition("x264enc")});
  PictureLog log(camera_->fanout(0), clock_);
  const auto demand = camera_->demand();
  awaitPictures(log, 5);
  clock_.jump(seconds(60));
  look();
  awaitPictures(log, log.count() + 5);
  EXPECT_THAT(states_, ElementsAre(State::Starting, State::Live));
  EXPECT_EQ(sources.made(), 1);
}

TEST_F(CameraTest, MakesUpForNoTryThatPassedWhileItsDeviceHung) {
  probeEncoder();
  test::StandInElement hanging("videotestsrc", Quirk::Hangs);
  make(settings());
  auto demand = camera_->demand();
  runUntil("the device to be opened", [&hanging] { return hanging.made() == 1; });
  for (int i = 0; i < 3; ++i) {
    demand.reset();
    clock_.jump(seconds(5));
    awaitState(State::Idle);
    demand = camera_->demand();
  }
  hanging.letGo();
  awaitState(State::Live);
  EXPECT_EQ(hanging.made(), 2) << "the one that hung, and the one that is wanted";
}

TEST_F(CameraTest, IsNeglectedWhereItRunsAndNobodyLooksAtIt) {
  make(settings());
  const auto demand = camera_->demand();
  EXPECT_FALSE(camera_->isNeglected());
  // Its timer has no turn meanwhile.
  clock_.jump(seconds(6));
  EXPECT_TRUE(camera_->isNeglected());
  runUntil("a look at it", [this] { return !camera_->isNeglected(); });
}

TEST_F(CameraTest, IsNotNeglectedWhileItIsAway) {
  auto broken = settings();
  broken.encoder = "x265enc";
  make(broken, {rendition(broken.encoder)});
  const auto demand = camera_->demand();
  awaitState(Camera::State::Away);
  // However long that is: it is being tried again.
  for (int i = 0; i < 3; ++i) {
    clock_.jump(seconds(20));
    runUntil("a look at it", [this] { return !camera_->isNeglected(); });
  }
  EXPECT_EQ(camera_->state(), Camera::State::Away);
}

TEST_F(CameraTest, IsNotNeglectedWhileNobodyWantsIt) {
  make(settings());
  clock_.jump(seconds(60));
  EXPECT_FALSE(camera_->isNeglected());
}

TEST_F(CameraTest, EndsItsPipelineWithItself) {
  make(settings());
  const auto fanout = camera_->fanout();
  const auto demand = camera_->demand();
  awaitState(State::Live);
  camera_.reset();
  EXPECT_EQ(fanout.use_count(), 1);
}

TEST_F(CameraTest, MayEndWhileItStarts) {
  make(settings());
  const auto fanout = camera_->fanout();
  const auto demand = camera_->demand();
  camera_.reset();
  EXPECT_EQ(fanout.use_count(), 1);
  while (context_.iterate(false))
    continue;
  EXPECT_THAT(states_, ElementsAre(State::Starting));
}

TEST_F(CameraTest, EndsBeforeADemand) {
  make(settings());
  auto demand = camera_->demand();
  camera_.reset();
  demand.reset();
  EXPECT_THAT(states_, ElementsAre(State::Starting));
}

TEST_F(CameraTest, TellsWhenItsPipelineHasEnded) {
  make(settings());
  const auto demand = camera_->demand();
  awaitState(State::Live);
  bool isClosed = false;
  camera_->close([&isClosed] { isClosed = true; });
  runUntil("the end", [&isClosed] { return isClosed; });
  EXPECT_EQ(camera_->fanout().use_count(), 1) << "no pipeline fills it any more";
}

TEST_F(CameraTest, DoesNotTellThatItHasEndedWhileItsDeviceHangs) {
  probeEncoder();
  test::StandInElement hanging("videotestsrc", Quirk::Hangs);
  make(settings());
  const auto demand = camera_->demand();
  runUntil("the device to be opened", [&hanging] { return hanging.made() == 1; });
  bool isClosed = false;
  camera_->close([&isClosed] { isClosed = true; });
  while (context_.iterate(false))
    continue;
  EXPECT_FALSE(isClosed);
  hanging.letGo();
  runUntil("the end", [&isClosed] { return isClosed; });
}

TEST_F(CameraTest, TakesOtherSettingsUnderThoseWhoWatch) {
  make(settings());
  PictureLog log(camera_->fanout(), clock_);
  const auto demand = camera_->demand();
  awaitPictures(log, 5);
  config::Camera smaller = settings();
  smaller.width = 160;
  smaller.height = 120;
  camera_->apply(smaller, {rendition()});
  EXPECT_EQ(camera_->mode().resolution, (base::Resolution{160, 120}));
  const auto before = log.count();
  awaitPictures(log, before + 10);
  EXPECT_EQ(camera_->state(), State::Live);
  EXPECT_THAT(states_, Not(Contains(State::Away)));
  int width = 0;
  gst_structure_get_int(gst_caps_get_structure(log.end().back().caps.get(), 0), "width", &width);
  EXPECT_EQ(width, 160);
}

TEST_F(CameraTest, HasAllItsTimeForANewStartWhileTheFormerPipelineStillGivesPictures) {
  probeEncoder();
  test::StandInElement slowFile("jpegenc", Quirk::Hangs);
  make(settings());
  PictureLog log(camera_->fanout(), clock_);
  const auto demand = camera_->demand();
  awaitState(State::Live);
  // The former one ends once its last still is a file.
  camera_->apply(settings(), {rendition()});
  // The first of them may have come before.
  awaitPictures(log, log.count() + 2);
  test::StandInElement slowDevice("videotestsrc", Quirk::Hangs);
  slowFile.letGo();
  runUntil("the new pipeline", [&slowDevice] { return slowDevice.made() == 1; });
  // More than one that runs may be silent for.
  clock_.jump(seconds(4));
  look();
  slowDevice.letGo();
  awaitPictures(log, log.count() + 2);
  EXPECT_THAT(states_, Not(Contains(State::Away))) << camera_->reason();
  EXPECT_EQ(camera_->starts(), 2U);
}

TEST_F(CameraTest, IsNotLiveByThePicturesOfThePipelineThatIsBeingStopped) {
  test::StandInElement slowFile("jpegenc", Quirk::Hangs);
  make(settings());
  PictureLog log(camera_->fanout(), clock_);
  auto demand = camera_->demand();
  awaitState(State::Live);
  demand.reset();
  clock_.jump(seconds(5));
  awaitState(State::Idle);
  demand = camera_->demand();
  awaitPictures(log, log.count() + 2);
  look();
  EXPECT_EQ(camera_->state(), State::Starting);
  slowFile.letGo();
  awaitState(State::Live);
}

}  // namespace
}  // namespace fanlight::media
