// SPDX-License-Identifier: Apache-2.0
// Stills of real cameras: the test picture, a video file, and one that is not there.
#include "app/camera_stills.h"

#include <thread>

#include "board/stand_in_element.h"
#include "loop_fixture.h"
#include "media/made_file.h"
#include "steered_clocks.h"

namespace fanlight::app {
namespace {

using session::CameraState;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::MissingElement;
using test::Quirk;
using test::StandInElement;

class CameraStillsTest : public test::LoopFixture {
 protected:
  static config::Camera settingsOf(config::SourceKind source, const std::string& file = "") {
    config::Camera settings;
    settings.id = base::CameraId("porch");
    settings.source = source;
    settings.device = "/dev/video999";
    settings.file = file;
    settings.width = 320;
    settings.height = 240;
    return settings;
  }
  base::CameraId add(config::SourceKind source, const std::string& file = "") {
    const config::Camera settings = settingsOf(source, file);
    cameras_.add(settings);
    return settings.id;
  }
  session::Stills::Taken log() {
    return [this](const base::Result<session::Still>& still) { answers_.push_back(still); };
  }
  void awaitAnswers(std::size_t number) {
    runUntil("stills", [this, number] { return answers_.size() >= number; });
  }
  CameraState stateOf(const base::CameraId& id) const { return catalogue_.find(id)->state; }
  void awaitState(const base::CameraId& id, CameraState state) {
    runUntil("the camera's state", [this, &id, state] { return stateOf(id) == state; });
  }
  /// Of one that falls silent.
  void awaitLastPictureOf(const base::CameraId& id) {
    runUntil("its last picture", [this, &id] { return cameras_.find(id)->encodeFigures().frames == 10; });
  }
  std::string errorMessage() const { return answers_.back() ? "none" : answers_.back().error().message; }
  static bool isJpeg(const base::Result<session::Still>& still) {
    return still && still->jpeg->starts_with("\xff\xd8\xff");
  }

  test::ShiftedClock clock_;
  session::Catalogue catalogue_;
  Cameras cameras_{{context_, gst::TimeBase::create(), clock_, std::make_shared<media::DeviceClaims>(),
                    std::make_shared<board::EncoderProbe>()},
                   catalogue_};
  std::unique_ptr<CameraStills> stills_ = std::make_unique<CameraStills>(context_, clock_, cameras_, catalogue_);
  std::vector<base::Result<session::Still>> answers_;
};

TEST_F(CameraStillsTest, StartACameraThatIsOff) {
  stills_->take(add(config::SourceKind::Test), log());
  awaitAnswers(1);
  EXPECT_TRUE(isJpeg(answers_.front()));
}

TEST_F(CameraStillsTest, AreTheSameForAllWhoAskAtOnceAndForWhoAsksSoonAfter) {
  const auto id = add(config::SourceKind::Test);
  stills_->take(id, log());
  stills_->take(id, log());
  awaitAnswers(2);
  stills_->take(id, log());
  ASSERT_EQ(answers_.size(), 3U) << "it is there at once";
  ASSERT_TRUE(isJpeg(answers_.front()));
  EXPECT_EQ(answers_[1]->jpeg, answers_[0]->jpeg);
  EXPECT_EQ(answers_[2]->jpeg, answers_[0]->jpeg);
}

TEST_F(CameraStillsTest, AreDecodedWhereACameraGivesH264) {
  const test::MadeFile file(test::MadeFile::kH264);
  stills_->take(add(config::SourceKind::File, file.path()), log());
  awaitAnswers(1);
  EXPECT_TRUE(isJpeg(answers_.front())) << errorMessage();
}

TEST_F(CameraStillsTest, SayWhyThereIsNone) {
  const auto id = add(config::SourceKind::V4l2);
  stills_->take(id, log());
  awaitAnswers(1);
  EXPECT_EQ(errorMessage(), "the camera is away: no camera '/dev/video999' found");
  EXPECT_EQ(answers_.back().error().code, base::ErrorCode::Unavailable);
  // It is known meanwhile, and nobody waits.
  stills_->take(id, log());
  EXPECT_EQ(answers_.size(), 2U);
}

TEST_F(CameraStillsTest, LetTheCameraGo) {
  const auto id = add(config::SourceKind::Test);
  stills_->take(id, log());
  awaitAnswers(1);
  awaitState(id, CameraState::Idle);
}

TEST_F(CameraStillsTest, LetACameraGoThatProvesToBeAwayWhenItIsAsked) {
  const StandInElement silent("videotestsrc", Quirk::FallsSilent);
  const auto id = add(config::SourceKind::Test);
  auto demand = cameras_.find(id)->demand();
  awaitState(id, CameraState::Live);
  awaitLastPictureOf(id);
  // Nobody looks at it in the last of these.
  for (int i = 0; i < 5; ++i) {
    clock_.jump(milliseconds(500));
    cameras_.find(id)->demand().reset();
  }
  ASSERT_EQ(cameras_.find(id)->state(), media::Camera::State::Live);
  clock_.jump(milliseconds(700));
  const MissingElement missing("videotestsrc");
  stills_->take(id, log());
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(errorMessage(), "the camera is away: the camera stopped giving pictures");
  demand.reset();
  clock_.jump(seconds(6));
  awaitState(id, CameraState::Idle);
}

TEST_F(CameraStillsTest, LeaveNothingBehindOfThoseThatFailed) {
  const auto id = add(config::SourceKind::V4l2);
  for (std::size_t tries = 1; tries <= 5; ++tries) {
    stills_->take(id, log());
    awaitAnswers(tries);
    clock_.jump(seconds(6));
    awaitState(id, CameraState::Idle);
  }
  cameras_.apply(settingsOf(config::SourceKind::Test), true);
  const StandInElement files("jpegenc", Quirk::None);
  stills_->take(id, log());
  awaitAnswers(6);
  EXPECT_TRUE(isJpeg(answers_.back())) << errorMessage();
  // With all that they have still to do.
  stills_.reset();
  EXPECT_EQ(files.made(), 1);
}

TEST_F(CameraStillsTest, AreNoneThatWasTakenForSomebodyBefore) {
  const StandInElement silent("videotestsrc", Quirk::FallsSilent);
  StandInElement slow("jpegenc", Quirk::Hangs);
  const auto id = add(config::SourceKind::Test);
  stills_->take(id, log());
  runUntil("a picture that becomes a file", [&slow] { return slow.made() == 1; });
  awaitLastPictureOf(id);
  clock_.jump(seconds(4));
  awaitAnswers(1);
  EXPECT_EQ(errorMessage(), "the camera is away: the camera stopped giving pictures");
  clock_.jump(seconds(5));
  awaitState(id, CameraState::Idle);
  slow.letGo();
  // The file is made, and on its way to this thread.
  while (stills_->worker().busyFor())
    std::this_thread::yield();
  const base::TimePoint asked = clock_.now();
  stills_->take(id, log());
  awaitAnswers(2);
  ASSERT_TRUE(answers_.back()) << errorMessage();
  EXPECT_GE(answers_.back()->taken, asked);
}

TEST_F(CameraStillsTest, HaveNoLastOneBeforeTheFirst) {
  stills_->findLast(add(config::SourceKind::Test), log());
  ASSERT_TRUE(answers_.back()) << errorMessage();
  EXPECT_FALSE(answers_.back()->jpeg);
  EXPECT_EQ(catalogue_.cameras().front().state, CameraState::Idle) << "it wakes no camera";
}

TEST_F(CameraStillsTest, HaveTheLastOneOfACameraThatSomebodyWatched) {
  const auto id = add(config::SourceKind::Test);
  {
    const auto demand = cameras_.find(id)->demand();
    runUntil("a picture", [this, &id] { return cameras_.find(id)->stillFrames()->last().has_value(); });
  }
  stills_->findLast(id, log());
  awaitAnswers(1);
  EXPECT_TRUE(isJpeg(answers_.back())) << "while it runs";
  runUntil("the end of the camera's linger",
           [this, &id] { return cameras_.find(id)->stillFrames()->last()->jpeg != nullptr; });
  stills_->findLast(id, log());
  EXPECT_TRUE(isJpeg(answers_.back())) << "when it is off";
}

TEST_F(CameraStillsTest, AreRefusedAtOnceWhileAnEarlierOneHangs) {
  StandInElement hanging("jpegenc", Quirk::Hangs);
  const auto id = add(config::SourceKind::Test);
  const auto demand = cameras_.find(id)->demand();
  runUntil("a picture", [this, &id] { return cameras_.find(id)->stillFrames()->last().has_value(); });
  stills_->findLast(id, log());
  runUntil("it to hang", [&hanging] { return hanging.made() == 1; });
  clock_.jump(milliseconds(5001));
  stills_->take(id, log());
  for (int i = 0; i < 3; ++i)
    stills_->findLast(id, log());
  ASSERT_EQ(answers_.size(), 4U);
  for (const auto& answer : answers_)
    EXPECT_EQ(answer.error().message, "no picture can be made a JPEG file: one before has not ended");
  hanging.letGo();
  awaitAnswers(5);
  EXPECT_TRUE(isJpeg(answers_.back())) << errorMessage();
}

TEST_F(CameraStillsTest, AreNotWaitedForWhereTheyHangWhenTheirMakerCloses) {
  StandInElement hanging("jpegenc", Quirk::Hangs);
  stills_->take(add(config::SourceKind::Test), log());
  runUntil("it to hang", [&hanging] { return hanging.made() == 1; });
  stills_->close();
  while (context_.iterate(false))
    continue;
  EXPECT_FALSE(stills_->isClosed());
  hanging.letGo();
  runUntil("its end", [this] { return stills_->isClosed(); });
  EXPECT_TRUE(answers_.empty());
}

TEST_F(CameraStillsTest, KnowNoCameraOfAnotherName) {
  stills_->take(base::CameraId("garden"), log());
  EXPECT_EQ(errorMessage(), "no such camera: 'garden'");
  stills_->findLast(base::CameraId("garden"), log());
  EXPECT_EQ(errorMessage(), "no such camera: 'garden'");
}

}  // namespace
}  // namespace fanlight::app
