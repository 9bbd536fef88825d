// SPDX-License-Identifier: Apache-2.0
// A camera that gives less than it is set up for, and more again, while somebody watches.
#include <gmock/gmock.h>

#include "board/encoders_here.h"
#include "board/stand_in_element.h"
#include "media/camera_fixture.h"
#include "media/pace.h"

namespace fanlight::media {
namespace {

using ::testing::Contains;
using ::testing::Not;
using State = Camera::State;
using test::PictureLog;

constexpr std::size_t kWindow = 20;
constexpr Pace kSlowest = kPaces.back();

class CameraPace : public test::CameraFixture {
 protected:
  void start(const std::string& encoder = "auto") {
    auto moving = settings();
    moving.pattern = "zone-plate";
    make(moving, {rendition(encoder, 1'500'000)});
    demand_ = camera_->demand();
  }
  /// Frames a second over the newest pictures, by their own times.
  static double rateOf(const std::vector<test::Picture>& pictures) {
    const auto time = [&pictures](std::size_t back) {
      return GST_BUFFER_PTS(pictures[pictures.size() - back].buffer.get());
    };
    return static_cast<double>(kWindow * GST_SECOND) / static_cast<double>(time(1) - time(kWindow + 1));
  }
  void awaitFurther(const PictureLog& log, std::size_t number) { awaitPictures(log, log.count() + number); }

  const test::StandInElement source_{"videotestsrc", test::Quirk::Moves};
  Camera::Demand demand_;
};

TEST(Pace, IsFullAtFirstAndLessAtEachStep) {
  constexpr base::FrameRate kRate{30, 1};
  EXPECT_TRUE(kPaces.front().isFull());
  EXPECT_EQ(atPace(kPaces.front(), kRate), kRate);
  for (std::size_t i = 1; i < kPaces.size(); ++i)
    EXPECT_LT(atPace(kPaces[i], kRate).perSecond(), atPace(kPaces[i - 1], kRate).perSecond());
}

TEST(Pace, GivesEachPictureAsManyBitsAsBefore) {
  EXPECT_EQ(atPace(kSlowest, base::Bitrate{1'500'000}, {30, 1}).bitsPerSecond, 500'000);
  EXPECT_EQ(atPace(kSlowest, base::Bitrate{1'500'000}, {10, 1}).bitsPerSecond, 750'000);
  EXPECT_EQ(atPace(kSlowest, base::Bitrate{1'500'000}, {0, 1}).bitsPerSecond, 1'500'000) << "a rate that is not known";
}

TEST(Pace, LeavesEnoughToFollow) {
  EXPECT_DOUBLE_EQ(atPace(kSlowest, base::FrameRate{30, 1}).perSecond(), 10);
  EXPECT_EQ(atPace(kSlowest, base::FrameRate{10, 1}), (base::FrameRate{5, 1}));
  EXPECT_EQ(atPace(kSlowest, base::FrameRate{4, 1}), (base::FrameRate{4, 1})) << "what is slow already stays";
}

TEST_F(CameraPace, ChangesWhileItRunsWithoutAStart) {
  start();
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, kWindow);
  const int made = source_.made();
  EXPECT_FALSE(camera_->isSlowed());
  camera_->setPace(kSlowest);
  EXPECT_TRUE(camera_->isSlowed());
  awaitFurther(log, 2 * kWindow);
  EXPECT_NEAR(rateOf(log.end()), 10, 1);
  PictureLog later(camera_->fanout(), clock_);
  camera_->setPace({});
  awaitFurther(later, 2 * kWindow);
  EXPECT_GT(rateOf(later.end()), 20);
  EXPECT_FALSE(camera_->isSlowed());
  EXPECT_EQ(source_.made(), made) << "the pipeline is the same";
  EXPECT_THAT(states_, Not(Contains(State::Away)));
}

TEST_F(CameraPace, HoldsForOneThatIsStartedLater) {
  auto moving = settings();
  make(moving);
  camera_->setPace(kSlowest);
  demand_ = camera_->demand();
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 2 * kWindow);
  EXPECT_NEAR(rateOf(log.end()), 10, 1);
}

class EncodedPace : public CameraPace, public ::testing::WithParamInterface<board::EncoderKind> {};

TEST_P(EncodedPace, GivesEachPictureAsManyBitsAsBefore) {
  start(std::string(GetParam().name));
  PictureLog log(camera_->fanout(), clock_);
  awaitPictures(log, 2 * kWindow);
  const auto before = static_cast<double>(log.sizeOfLast(kWindow));
  camera_->setPace(kSlowest);
  awaitFurther(log, 3 * kWindow);
  EXPECT_NEAR(static_cast<double>(log.sizeOfLast(kWindow)) / before, 1, 0.35) << "and a third of them a second";
  EXPECT_NEAR(rateOf(log.end()), 10, 1);
}

INSTANTIATE_TEST_SUITE_P(Media, EncodedPace, ::testing::ValuesIn(test::encodersHere()),
                         [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace fanlight::media
