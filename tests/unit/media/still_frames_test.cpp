// SPDX-License-Identifier: Apache-2.0
// Which pictures are kept and given for stills. Their files are real ones.
#include "media/still_frames.h"

#include <gtest/gtest.h>

#include "media/jpeg.h"
#include "steered_clocks.h"

namespace fanlight::media {
namespace {

using namespace std::chrono_literals;

class StillFramesTest : public ::testing::Test {
 protected:
  /// A grey picture of that brightness.
  void push(int brightness) {
    const auto caps =
        gst::Ref<GstCaps>::adopt(gst_caps_from_string("video/x-raw,format=GRAY8,width=16,height=16,framerate=30/1"));
    const auto picture = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, 16 * 16, nullptr));
    gst_buffer_memset(picture.get(), 0, static_cast<guint8>(brightness), 16 * 16);
    frames_.push(picture.get(), caps.get());
    // As a device does, with its next picture.
    gst_buffer_memset(picture.get(), 0, 0, 16 * 16);
  }
  static int brightness(const StillFrames::Picture& picture) {
    guint8 first = 0;
    gst_buffer_extract(gst_sample_get_buffer(picture.get()), 0, &first, 1);
    return first;
  }
  int lastBrightness() const { return brightness(frames_.last()->picture); }
  /// Asks for the next one.
  [[nodiscard]] StillFrames::Request take() {
    return frames_.takeNext([this](const StillFrames::Picture& picture) { taken_.push_back(brightness(picture)); });
  }

  test::SteeredClock clock_;
  StillFrames frames_{clock_};
  std::vector<int> taken_;
};

TEST_F(StillFramesTest, HasNoneBeforeThereWasOne) {
  EXPECT_FALSE(frames_.last());
}

TEST_F(StillFramesTest, GivesTheNextOneToEachWhoAskedAndOnlyOnce) {
  frames_.begin(0s);
  push(1);
  const auto one = take();
  const auto other = take();
  EXPECT_TRUE(taken_.empty());
  push(2);
  push(3);
  EXPECT_EQ(taken_, (std::vector{2, 2}));
}

TEST_F(StillFramesTest, GivesNoneToWhoDoesNotWaitAnyMore) {
  frames_.begin(0s);
  push(1);
  auto one = take();
  const auto other = take();
  one.reset();
  push(2);
  EXPECT_EQ(taken_, std::vector{2});
}

TEST_F(StillFramesTest, CopiesNoPictureForWhoDoesNotWaitAnyMore) {
  frames_.begin(0s);
  push(1);
  take().reset();
  push(2);
  EXPECT_EQ(lastBrightness(), 1);
}

TEST_F(StillFramesTest, GivesNoneWhileTheExposureSettles) {
  frames_.begin(1s);
  const auto request = take();
  push(1);
  clock_.advance(900ms);
  push(2);
  EXPECT_TRUE(taken_.empty());
  clock_.advance(100ms);
  push(3);
  EXPECT_EQ(taken_, std::vector{3});
}

TEST_F(StillFramesTest, KeepsOneEachSecond) {
  frames_.begin(0s);
  push(1);
  clock_.advance(999ms);
  push(2);
  EXPECT_EQ(lastBrightness(), 1);
  clock_.advance(1ms);
  push(3);
  EXPECT_EQ(lastBrightness(), 3);
  EXPECT_EQ(frames_.last()->taken, clock_.now());
}

TEST_F(StillFramesTest, KeepsTheFirstWhereThereIsNoBetterOne) {
  frames_.begin(1s);
  push(1);
  push(2);
  EXPECT_EQ(lastBrightness(), 1);
  clock_.advance(1s);
  push(3);
  EXPECT_EQ(lastBrightness(), 3);
}

TEST_F(StillFramesTest, KeepsTheLastAsAFileOnceItHasEnded) {
  frames_.begin(0s);
  push(200);
  const base::TimePoint taken = clock_.now();
  frames_.end();
  clock_.advance(1min);

  const auto last = frames_.last();
  ASSERT_TRUE(last && last->jpeg);
  EXPECT_FALSE(last->picture) << "the raw one is let go";
  EXPECT_EQ(last->taken, taken);
  EXPECT_EQ(last->jpeg->substr(0, 2), "\xff\xd8") << "a JPEG file begins so";
  EXPECT_EQ(last->jpeg->substr(last->jpeg->size() - 2), "\xff\xd9") << "and ends so";
}

TEST_F(StillFramesTest, KeepsAnOldGoodOneUntilTheExposureIsFoundAgain) {
  frames_.begin(0s);
  push(200);
  frames_.end();
  const auto good = frames_.last()->jpeg;
  clock_.advance(1min);

  frames_.begin(1s);
  push(1);
  EXPECT_EQ(frames_.last()->jpeg, good);
  frames_.end();
  EXPECT_EQ(frames_.last()->jpeg, good);
}

TEST_F(StillFramesTest, SurvivesAPictureThatNobodyCanRead) {
  frames_.begin(0s);
  const auto caps = gst::Ref<GstCaps>::adopt(gst_caps_from_string("application/x-nonsense"));
  const auto picture = gst::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, 16, nullptr));
  frames_.push(picture.get(), caps.get());
  EXPECT_FALSE(toJpeg(frames_.last()->picture.get()));
  frames_.end();
  EXPECT_FALSE(frames_.last());
}

TEST_F(StillFramesTest, TellsWhenPicturesCameAndWhenOneWasAnother) {
  EXPECT_FALSE(frames_.lastCame());
  frames_.begin(0s);
  push(1);
  const auto first = clock_.now();
  EXPECT_EQ(frames_.lastChanged(), first);
  clock_.advance(400ms);
  push(2);
  EXPECT_EQ(frames_.lastCame(), clock_.now());
  EXPECT_EQ(frames_.lastChanged(), first) << "it looks at those that it copies";
  clock_.advance(600ms);
  push(1);
  EXPECT_EQ(frames_.lastChanged(), first);
  clock_.advance(1s);
  push(2);
  EXPECT_EQ(frames_.lastChanged(), clock_.now());
}

TEST_F(StillFramesTest, KnowsTheLastPictureAgainAfterARestart) {
  frames_.begin(0s);
  push(1);
  const auto first = clock_.now();
  frames_.end();
  clock_.advance(10s);
  frames_.begin(0s);
  push(1);
  EXPECT_EQ(frames_.lastChanged(), first);
}

}  // namespace
}  // namespace fanlight::media
