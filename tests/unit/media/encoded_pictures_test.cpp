// SPDX-License-Identifier: Apache-2.0
// What comes out of a camera's encodes, with each encoder that Fanlight knows.
#include <map>

#include <gmock/gmock.h>

#include "board/encoders.h"
#include "board/encoders_here.h"
#include "board/stand_in_element.h"
#include "media/camera_fixture.h"
#include "media/h264_reader.h"

namespace fanlight::media {
namespace {

using ::testing::Contains;
using ::testing::Not;
using State = Camera::State;
using test::hasKind;
using test::NalKind;
using test::PictureLog;
using test::SliceKind;
using test::splitNals;

// More than the lowest level for 320x240 at 30 frames a second has (1.3, which ends at 768 kbit/s): OpenH264 goes by
// the level that is stated.
constexpr std::int64_t kHigh = 1'500'000;
constexpr std::int64_t kLow = 200'000;
constexpr std::size_t kWindow = 20;

class EncodedPictures : public test::CameraFixture, public ::testing::WithParamInterface<board::EncoderKind> {
 protected:
  void SetUp() override {
    const auto works = services_.encoders->choose(name(), {{320, 240}, {30, 1}, {500'000}, 300});
    ASSERT_TRUE(works) << works.error().message;
  }
  static std::string name() { return std::string(GetParam().name); }
  void start(std::vector<RenditionSettings> renditions) {
    auto moving = settings();
    moving.pattern = "zone-plate";
    make(moving, std::move(renditions));
    demand_ = camera_->demand();
  }
  RenditionSettings of(std::int64_t bits) const { return rendition(name(), bits); }

  // So that the bitrate shows in the pictures' sizes.
  const test::StandInElement source_{"videotestsrc", test::Quirk::Moves};
  Camera::Demand demand_;
};

TEST_P(EncodedPictures, AreConstrainedBaselineOfTheStatedLevel) {
  start({rendition(name())});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 1);
  const auto sps = test::readSps(log.end().front().caps.get());
  ASSERT_TRUE(sps);
  EXPECT_EQ(sps->profile, test::kBaseline);
  EXPECT_TRUE(sps->constraints & test::kConstraintSet1);
  EXPECT_EQ(sps->level, 30) << "320x240, with room for 10 Mbit/s";
}

TEST_P(EncodedPictures, StateTheLevelOfALargePicture) {
  auto large = settings();
  large.width = 1280;
  large.height = 720;
  make(large, {rendition(name(), 2'000'000)});
  demand_ = camera_->demand();
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 1);
  const auto sps = test::readSps(log.end().front().caps.get());
  ASSERT_TRUE(sps);
  EXPECT_EQ(sps->level, 31);
}

TEST_P(EncodedPictures, AreWholeNalUnitsWithLengths) {
  start({rendition(name())});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 10);
  for (const test::Picture& picture : log.end()) {
    const auto nals = splitNals(picture.buffer.get());
    EXPECT_TRUE(hasKind(nals, NalKind::Slice) || hasKind(nals, NalKind::Idr));
  }
}

TEST_P(EncodedPictures, AreKeyFramesExactlyWhereTheyAreIdrs) {
  start({rendition(name())});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 10);
  camera_->fanout()->requestKeyFrame();
  runUntil("another key frame", [&log] { return log.keyFrames() >= 2; });
  awaitPictures(log, log.count() + 3);
  for (const test::Picture& picture : log.end())
    EXPECT_EQ(picture.isKeyFrame(), hasKind(splitNals(picture.buffer.get()), NalKind::Idr));
}

TEST_P(EncodedPictures, HoldNoSliceThatLooksAhead) {
  start({rendition(name())});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 30);
  std::vector<int> kinds;
  for (const test::Picture& picture : log.end())
    for (const test::Bytes& nal : splitNals(picture.buffer.get()))
      if (test::kindOf(nal) == static_cast<int>(NalKind::Slice))
        kinds.push_back(test::sliceKindOf(nal));
  EXPECT_THAT(kinds, Contains(static_cast<int>(SliceKind::P)));
  EXPECT_THAT(kinds, Not(Contains(static_cast<int>(SliceKind::B))));
}

TEST_P(EncodedPictures, HaveNoDecodingTimeOfTheirOwn) {
  start({rendition(name())});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 3);
  for (const test::Picture& picture : log.end())
    EXPECT_FALSE(GST_BUFFER_DTS_IS_VALID(picture.buffer.get()));
}

TEST_P(EncodedPictures, HaveTheRunningTimeAtWhichTheyWereTaken) {
  const GstClockTime before = services_.timeBase.runningTime();
  start({rendition(name())});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 10);
  const auto& pictures = log.end();
  EXPECT_GE(GST_BUFFER_PTS(pictures.front().buffer.get()), before);
  EXPECT_LE(GST_BUFFER_PTS(pictures.back().buffer.get()), services_.timeBase.runningTime());
}

TEST_P(EncodedPictures, HaveMemoryThatTheEncoderDoesNotShare) {
  start({rendition(name())});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 3);
  for (const test::Picture& picture : log.end())
    EXPECT_EQ(picture.memoryHolders, 1);
}

TEST_P(EncodedPictures, BeginAnewUponAKeyFrameRequest) {
  start({rendition(name())});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 10);
  const std::size_t keyFrames = log.keyFrames();
  const std::size_t pictures = log.count();
  camera_->fanout()->requestKeyFrame();
  // A few pictures later, or more on a loaded machine; by itself it would begin anew after 300.
  runUntil("another key frame, or too many pictures without one",
           [&log, keyFrames, pictures] { return log.keyFrames() > keyFrames || log.count() >= pictures + 100; });
  EXPECT_GT(log.keyFrames(), keyFrames);
}

TEST_P(EncodedPictures, CarryTheirParameterSetsWithEachKeyFrame) {
  start({rendition(name())});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 1);
  const auto nals = splitNals(log.end().front().buffer.get());
  EXPECT_TRUE(hasKind(nals, NalKind::Sps));
  EXPECT_TRUE(hasKind(nals, NalKind::Pps));
}

TEST_P(EncodedPictures, ShrinkWithTheBitrateWhilePlaying) {
  start({of(kHigh)});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 2 * kWindow);
  const std::size_t before = log.sizeOfLast(kWindow);
  camera_->setBitrate({kLow});
  runUntil("smaller pictures", [&log, before] { return log.sizeOfLast(kWindow) < before / 2; });
}

TEST_P(EncodedPictures, GrowWithTheBitrateWhilePlaying) {
  start({of(kLow)});
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 2 * kWindow);
  const std::size_t before = log.sizeOfLast(kWindow);
  camera_->setBitrate({kHigh});
  runUntil("larger pictures", [&log, before] { return log.sizeOfLast(kWindow) > before * 2; });
}

TEST_P(EncodedPictures, KeepTheBitrateThatWasSetOverARestart) {
  start({of(kHigh)});
  auto log = std::make_unique<PictureLog>(camera_->fanout(), clock_);
  awaitPictures(*log, 2 * kWindow);
  const std::size_t before = log->sizeOfLast(kWindow);
  log.reset();
  camera_->setBitrate({kLow});
  demand_.reset();
  clock_.jump(std::chrono::seconds(5));
  awaitState(State::Idle);
  awaitEndOfPipeline();
  demand_ = camera_->demand();
  log = std::make_unique<PictureLog>(camera_->fanout(), clock_);
  awaitPictures(*log, 2 * kWindow);
  EXPECT_LT(log->sizeOfLast(kWindow), before / 2);
}

TEST_P(EncodedPictures, OfTwoEncodesComeFromOneCapture) {
  for (const std::int64_t bits : {kHigh, kLow})
    ASSERT_TRUE(services_.encoders->choose(name(), {{320, 240}, {30, 1}, {bits}, 300}));
  const int probes = source_.made();
  start({of(kHigh), of(kLow)});
  PictureLog high(camera_->fanout(0), clock_);
  PictureLog low(camera_->fanout(1), clock_);
  awaitPictures(high, kWindow);
  awaitPictures(low, kWindow);
  EXPECT_EQ(source_.made() - probes, 1);
  // The same pictures bear the same times.
  std::map<GstClockTime, int> times;
  for (PictureLog* log : {&high, &low})
    for (const test::Picture& picture : log->end())
      ++times[GST_BUFFER_PTS(picture.buffer.get())];
  EXPECT_GE(std::ranges::count(times, 2, [](const auto& entry) { return entry.second; }), 1);
}

TEST_P(EncodedPictures, OfTwoEncodesHaveTheSizesOfTheirBitrates) {
  start({of(kHigh), of(kLow)});
  PictureLog high(camera_->fanout(0), clock_);
  PictureLog low(camera_->fanout(1), clock_);
  awaitPictures(high, 2 * kWindow);
  awaitPictures(low, 2 * kWindow);
  EXPECT_GT(high.sizeOfLast(kWindow), 2 * low.sizeOfLast(kWindow));
}

TEST_P(EncodedPictures, OfTwoEncodesChangeTheirBitratesByThemselves) {
  start({of(kHigh), of(kHigh)});
  PictureLog one(camera_->fanout(0), clock_);
  PictureLog other(camera_->fanout(1), clock_);
  awaitPictures(one, 2 * kWindow);
  awaitPictures(other, 2 * kWindow);
  const std::size_t before = other.sizeOfLast(kWindow);
  camera_->setBitrate({kLow}, 1);
  runUntil("smaller pictures", [&other, before] { return other.sizeOfLast(kWindow) < before / 2; });
  EXPECT_GT(one.sizeOfLast(kWindow), before / 2);
}

INSTANTIATE_TEST_SUITE_P(Media, EncodedPictures, ::testing::ValuesIn(test::encodersHere()),
                         [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace fanlight::media
