// SPDX-License-Identifier: Apache-2.0
// A viewer that moves from one encode to another.
#include <algorithm>

#include <gmock/gmock.h>

#include "media/fake_encode.h"

namespace fanlight::media {
namespace {

using std::chrono::milliseconds;
using test::FakeEncode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FeedChangeTest : public ::testing::Test {
 protected:
  const GstBuffer* keyFrame(FakeEncode& encode) {
    encode.keyFrame();
    clock_.advance(test::kFrameTime);
    return encode.last();
  }
  const GstBuffer* picture(FakeEncode& encode) {
    encode.picture();
    clock_.advance(test::kFrameTime);
    return encode.last();
  }
  /// The viewer watches `one_`, and none of the encodes has a young key frame.
  void watchOne() {
    feed_.follow(one_.fanout());
    one_.keyFrame();
    clock_.advance(milliseconds(600));
    sink_.buffers.clear();
  }
  bool isInOrder() const {
    const auto times = sink_.times();
    return std::ranges::adjacent_find(times, std::greater_equal<>()) == times.end();
  }

  test::SteeredClock clock_;
  FakeEncode one_{clock_};
  FakeEncode two_{clock_};
  FakeEncode three_{clock_};
  test::RecordingSink sink_;
  Feed feed_{sink_, clock_};
};

TEST_F(FeedChangeTest, GoesOnWithTheFormerUntilTheKeyFrameOfTheNext) {
  watchOne();
  feed_.follow(two_.fanout());
  const auto* first = picture(one_);
  picture(two_);
  const auto* second = keyFrame(one_);
  picture(two_);
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second));
}

TEST_F(FeedChangeTest, ShowsTheNextAloneFromItsKeyFrameOn) {
  watchOne();
  feed_.follow(two_.fanout());
  const auto* first = keyFrame(two_);
  picture(one_);
  keyFrame(one_);
  const auto* second = picture(two_);
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second));
}

TEST_F(FeedChangeTest, AsksTheNextForAKeyFrame) {
  watchOne();
  feed_.follow(two_.fanout());
  EXPECT_EQ(two_.asked(), 1);
}

TEST_F(FeedChangeTest, HappensAtOnceWhereTheNextHasAYoungKeyFrame) {
  watchOne();
  const auto* first = keyFrame(two_);
  const auto* second = picture(two_);
  feed_.follow(two_.fanout());
  picture(one_);
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second));
}

TEST_F(FeedChangeTest, NeverTurnsTimeBack) {
  watchOne();
  feed_.follow(two_.fanout());
  picture(one_);
  const GstClockTime shown = sink_.times().back();
  // Cameras do not take their pictures at the same moment, nor need they come in order of it.
  two_.keyFrameTakenAt(shown - 30 * GST_MSECOND);
  two_.pictureTakenAt(shown - 10 * GST_MSECOND);
  two_.pictureTakenAt(shown + 10 * GST_MSECOND);
  ASSERT_THAT(sink_.pictures(), SizeIs(4));
  EXPECT_TRUE(isInOrder());
  EXPECT_EQ(sink_.times().back(), shown + 10 * GST_MSECOND) << "the true time, as soon as it can be had";
}

TEST_F(FeedChangeTest, NeverRepeatsATimestamp) {
  watchOne();
  feed_.follow(two_.fanout());
  picture(one_);
  two_.keyFrameTakenAt(sink_.times().back());
  ASSERT_THAT(sink_.pictures(), SizeIs(2));
  // Apart enough for RTP's 90 kHz.
  EXPECT_GE(sink_.times()[1] - sink_.times()[0], GST_SECOND / 90'000);
}

TEST_F(FeedChangeTest, KeepsTimeInOrderThroughAReplay) {
  watchOne();
  keyFrame(two_);
  for (int i = 0; i < 10; ++i) {
    picture(two_);
    picture(one_);
  }
  feed_.follow(two_.fanout());
  picture(two_);
  EXPECT_THAT(sink_.pictures(), SizeIs(10 + 11 + 1));
  EXPECT_TRUE(isInOrder());
}

TEST_F(FeedChangeTest, MovesATimestampOnACopyThatSharesThePicture) {
  test::RecordingSink other;
  Feed watcher(other, clock_);
  watcher.follow(two_.fanout());
  watchOne();
  feed_.follow(two_.fanout());
  picture(one_);
  const GstClockTime early = sink_.times().back() - GST_MSECOND;
  two_.keyFrameTakenAt(early);
  EXPECT_THAT(other.times(), ElementsAre(early));
  const auto& moved = sink_.buffers.back();
  EXPECT_NE(moved.get(), other.buffers.back().get());
  EXPECT_EQ(gst_buffer_peek_memory(moved.get(), 0), gst_buffer_peek_memory(other.buffers.back().get(), 0));
}

TEST_F(FeedChangeTest, ToOneThatFollowedBeforeShowsEachPictureOnce) {
  watchOne();
  feed_.follow(two_.fanout());
  keyFrame(two_);
  // The first one has had no picture meanwhile, and so has not noticed that its viewer was gone.
  feed_.follow(one_.fanout());
  sink_.buffers.clear();
  const auto* first = keyFrame(one_);
  const auto* second = picture(one_);
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second));
}

TEST_F(FeedChangeTest, TakenBackGoesOnWithTheFormerWithoutAGap) {
  watchOne();
  feed_.follow(two_.fanout());
  const auto* first = picture(one_);
  feed_.follow(one_.fanout());
  const auto* second = picture(one_);
  keyFrame(two_);
  const auto* third = picture(one_);
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second, third));
}

TEST_F(FeedChangeTest, TakenBackDoesNotReplayWhatWasShown) {
  feed_.follow(one_.fanout());
  const auto* first = keyFrame(one_);
  feed_.follow(two_.fanout());
  feed_.follow(one_.fanout());
  EXPECT_THAT(sink_.pictures(), ElementsAre(first));
  EXPECT_EQ(one_.asked(), 1);
}

TEST_F(FeedChangeTest, ToAThirdLeavesTheSecondOut) {
  watchOne();
  feed_.follow(two_.fanout());
  feed_.follow(three_.fanout());
  const auto* first = picture(one_);
  keyFrame(two_);
  const auto* second = picture(one_);
  const auto* third = keyFrame(three_);
  picture(one_);
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second, third));
}

TEST_F(FeedChangeTest, TellsWhenTheNextIsShown) {
  watchOne();
  int shown = 0;
  feed_.follow(two_.fanout(), [&shown] { ++shown; });
  picture(two_);
  keyFrame(one_);
  EXPECT_EQ(shown, 0);
  keyFrame(two_);
  keyFrame(two_);
  EXPECT_EQ(shown, 1);
}

TEST_F(FeedChangeTest, TellsAtOnceOfOneThatIsStillShown) {
  watchOne();
  int shown = 0;
  feed_.follow(two_.fanout(), [&shown] { shown += 10; });
  feed_.follow(one_.fanout(), [&shown] { ++shown; });
  EXPECT_EQ(shown, 1);
  keyFrame(two_);
  EXPECT_EQ(shown, 1);
}

TEST_F(FeedChangeTest, AfterARestGoesOnBehindTheTimeBefore) {
  watchOne();
  picture(one_);
  const GstClockTime last = sink_.times().back();
  feed_.rest();
  keyFrame(one_);
  EXPECT_THAT(sink_.pictures(), SizeIs(1)) << "nothing of either";
  feed_.follow(two_.fanout());
  keyFrame(one_);
  two_.keyFrameTakenAt(last - 30 * GST_MSECOND);
  ASSERT_THAT(sink_.pictures(), SizeIs(2));
  EXPECT_TRUE(isInOrder());
}

TEST_F(FeedChangeTest, AfterARestMayFollowTheSameAgain) {
  watchOne();
  feed_.rest();
  feed_.follow(one_.fanout());
  EXPECT_EQ(one_.asked(), 2);
  const auto* first = keyFrame(one_);
  EXPECT_THAT(sink_.pictures(), ElementsAre(first));
}

TEST_F(FeedChangeTest, KeepsTheFormerForAsLongAsItIsShown) {
  watchOne();
  const std::weak_ptr<Fanout> former = one_.fanout();
  one_.letGo();
  feed_.follow(two_.fanout());
  EXPECT_FALSE(former.expired());
  feed_.follow(three_.fanout());
  EXPECT_FALSE(former.expired());
}

TEST_F(FeedChangeTest, LetsGoOfAllWhenItLeaves) {
  watchOne();
  const std::weak_ptr<Fanout> former = one_.fanout();
  const std::weak_ptr<Fanout> next = two_.fanout();
  feed_.follow(two_.fanout());
  one_.letGo();
  two_.letGo();
  feed_.leave();
  EXPECT_TRUE(former.expired());
  EXPECT_TRUE(next.expired());
}

TEST_F(FeedChangeTest, ThatIsPendingEndsWhenItLeaves) {
  watchOne();
  feed_.follow(two_.fanout());
  feed_.leave();
  keyFrame(two_);
  keyFrame(one_);
  EXPECT_THAT(sink_.pictures(), IsEmpty());
}

TEST_F(FeedChangeTest, SendsItsRequestsToTheNext) {
  watchOne();
  feed_.follow(two_.fanout());
  keyFrame(two_);
  clock_.advance(std::chrono::seconds(1));
  const int before = one_.asked();
  feed_.requestKeyFrame();
  EXPECT_EQ(two_.asked(), 2);
  EXPECT_EQ(one_.asked(), before);
}

TEST_F(FeedChangeTest, EndsABacklogsDropping) {
  watchOne();
  sink_.lag = std::chrono::seconds(2);
  picture(one_);
  feed_.follow(two_.fanout());
  sink_.lag = {};
  const auto* first = keyFrame(two_);
  const auto* second = picture(two_);
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second));
}

}  // namespace
}  // namespace fanlight::media
