// SPDX-License-Identifier: Apache-2.0
// A file as a camera: at its own pace, again and again.
#include <gmock/gmock.h>

#include "media/camera_fixture.h"
#include "media/made_file.h"

namespace fanlight::media {
namespace {

using test::MadeFile;
using test::PictureLog;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::Ge;
using ::testing::Le;
using ::testing::Lt;

class FileSource : public test::CameraFixture {
 protected:
  Camera::Demand show(const MadeFile& file) {
    auto settings = test::CameraFixture::settings();
    settings.source = config::SourceKind::File;
    settings.file = file.path();
    make(settings);
    return camera_->demand();
  }
  static std::vector<GstClockTime> steps(const std::vector<test::Picture>& pictures) {
    std::vector<GstClockTime> steps;
    for (std::size_t at = 1; at < pictures.size(); ++at)
      steps.push_back(GST_BUFFER_PTS(pictures[at].buffer.get()) - GST_BUFFER_PTS(pictures[at - 1].buffer.get()));
    return steps;
  }
};

TEST_F(FileSource, ComesAgainWhereItEnds) {
  const MadeFile file(MadeFile::kH264, 12);
  const auto demand = show(file);
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 40);
  const auto& pictures = log.end();
  // As in the file, across its end as well.
  constexpr GstClockTime frame = GST_SECOND / 30;
  EXPECT_THAT(steps(pictures), Each(AllOf(Ge(frame - GST_MSECOND), Le(frame + GST_MSECOND))));
  EXPECT_GE(std::ranges::count_if(pictures, &test::Picture::isKeyFrame), 3);
}

TEST_F(FileSource, ComesAtItsOwnPace) {
  const MadeFile file(MadeFile::kH264, 12);
  const auto demand = show(file);
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 20);
  const GstClockTime last = GST_BUFFER_PTS(log.end().back().buffer.get());
  // It is not ahead of the time at which it is to be seen.
  EXPECT_LE(last, services_.timeBase.runningTime());
}

TEST_F(FileSource, IsEncodedWhereBrowsersCannotTakeIt) {
  const MadeFile file("jpegenc ! matroskamux", 12);
  const auto demand = show(file);
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 40);
  EXPECT_EQ(camera_->mode(), (CaptureMode{CaptureMode::Format::Raw, {320, 240}, {30, 1}}));
}

TEST_F(FileSource, IsSlowedAcrossItsEndWhereItIsEncoded) {
  // So long that no pause of a busy machine is.
  constexpr int kLength = 30;
  const MadeFile file("jpegenc ! matroskamux", kLength);
  const auto demand = show(file);
  camera_->setPace(kPaces.back());
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 20);
  EXPECT_TRUE(camera_->isSlowed());
  // A third of them; none waits as long as the file is for what was due before it began again.
  EXPECT_THAT(steps(log.end()), Each(AllOf(Ge(GST_SECOND / 30), Lt(kLength * GST_SECOND / 30))));
  const auto whole = GST_BUFFER_PTS(log.end().back().buffer.get()) - GST_BUFFER_PTS(log.end().front().buffer.get());
  EXPECT_GE(whole, 19 * GST_SECOND / 15) << "of 30 a second, but for the first few";
}

TEST_F(FileSource, IsNotSlowedWhereItIsPassedThrough) {
  const MadeFile file(MadeFile::kH264, 12);
  const auto demand = show(file);
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 5);
  camera_->setPace(kPaces.back());
  awaitPictures(log, 30);
  EXPECT_FALSE(camera_->isSlowed());
  EXPECT_THAT(steps(log.end()), Each(Le(GST_SECOND / 30 + GST_MSECOND)));
}

TEST_F(FileSource, IsAwayWhereTheFileIs) {
  auto settings = test::CameraFixture::settings();
  settings.source = config::SourceKind::File;
  settings.file = "/nowhere/video.mp4";
  make(settings);
  const auto demand = camera_->demand();
  awaitState(Camera::State::Away);
  EXPECT_EQ(camera_->reason(), "there is no file '/nowhere/video.mp4'");
}

}  // namespace
}  // namespace fanlight::media
