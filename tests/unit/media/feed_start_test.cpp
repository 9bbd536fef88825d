// SPDX-License-Identifier: Apache-2.0
// How a viewer joins an encode, what it is given, and how it leaves.
#include <gmock/gmock.h>

#include "media/fake_encode.h"

namespace fanlight::media {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FeedStartTest : public ::testing::Test {
 protected:
  const GstBuffer* keyFrame() {
    encode_.keyFrame();
    return next();
  }
  const GstBuffer* picture() {
    encode_.picture();
    return next();
  }

  test::SteeredClock clock_;
  test::FakeEncode encode_{clock_};
  test::RecordingSink sink_;
  Feed feed_{sink_, clock_};

 private:
  const GstBuffer* next() {
    clock_.advance(test::kFrameTime);
    return encode_.last();
  }
};

TEST_F(FeedStartTest, BeginsWithTheNextKeyFrame) {
  picture();
  feed_.follow(encode_.fanout());
  picture();
  picture();
  EXPECT_THAT(sink_.pictures(), IsEmpty());
  const auto* first = keyFrame();
  const auto* second = picture();
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second));
}

TEST_F(FeedStartTest, AsksForAKeyFrameAtOnce) {
  feed_.follow(encode_.fanout());
  EXPECT_EQ(encode_.asked(), 1);
}

/// Of a camera's own H.264, which nobody can ask for a key frame.
class FeedStartOfOwnH264Test : public FeedStartTest {
 protected:
  /// Two seconds since the key frame, given at once to a viewer who has been sent nothing of it yet.
  FeedStartOfOwnH264Test() {
    encode_.fanout()->begin(nullptr);
    keyFrame();
    pictures(100);
    sink_.isSendingNothing = true;
    feed_.follow(encode_.fanout());
  }
  void pictures(int count) {
    for (int i = 0; i < count; ++i)
      picture();
  }
};

TEST_F(FeedStartOfOwnH264Test, IsGivenAllSinceTheKeyFrameAtOnce) {
  EXPECT_THAT(sink_.pictures(), SizeIs(101));
}

TEST_F(FeedStartOfOwnH264Test, DoesNotCountThatAsLagUntilItWasSent) {
  pictures(10);
  EXPECT_THAT(sink_.pictures(), SizeIs(111));
  sink_.isSendingNothing = false;
  picture();
  sink_.lag = kMaxBacklog + milliseconds(1);
  picture();
  EXPECT_THAT(sink_.pictures(), SizeIs(112)) << "from then on it is a viewer like others";
}

TEST_F(FeedStartOfOwnH264Test, IsNotFedForEverWhereItSendsNothing) {
  pictures(200);
  EXPECT_THAT(sink_.pictures(), SizeIs(177)) << "3.5 s, and the one that shows it";
}

TEST_F(FeedStartTest, IsGivenThePicturesSinceAYoungKeyFrame) {
  const auto* first = keyFrame();
  const auto* second = picture();
  const auto* third = picture();
  feed_.follow(encode_.fanout());
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second, third));
  EXPECT_EQ(encode_.asked(), 0);
}

TEST_F(FeedStartTest, IsGivenThePicturesSinceAnOldKeyFrameWhereNoneCanBeAskedFor) {
  encode_.fanout()->begin(nullptr);
  std::vector<const GstBuffer*> since{keyFrame()};
  while (since.size() < 100)
    since.push_back(picture());
  feed_.follow(encode_.fanout());
  EXPECT_EQ(sink_.pictures(), since);
}

TEST_F(FeedStartTest, WaitsWhereTheKeyFrameIsOlderThanAnyMayBe) {
  encode_.fanout()->begin(nullptr);
  encode_.keyFrame();
  clock_.advance(kLongestOwnInterval + milliseconds(1));
  picture();
  feed_.follow(encode_.fanout());
  EXPECT_THAT(sink_.pictures(), IsEmpty());
  const auto* first = keyFrame();
  EXPECT_THAT(sink_.pictures(), ElementsAre(first));
}

TEST_F(FeedStartTest, GoesOnAfterThoseWithoutAGap) {
  const auto* first = keyFrame();
  feed_.follow(encode_.fanout());
  const auto* second = picture();
  const auto* third = keyFrame();
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second, third));
}

TEST_F(FeedStartTest, BeginsWithAKeyFrameOfHalfASecondAgo) {
  encode_.keyFrame();
  clock_.advance(milliseconds(500));
  feed_.follow(encode_.fanout());
  EXPECT_THAT(sink_.pictures(), SizeIs(1));
}

TEST_F(FeedStartTest, WaitsForANewKeyFrameWhereTheLastIsOlder) {
  encode_.keyFrame();
  clock_.advance(milliseconds(501));
  feed_.follow(encode_.fanout());
  EXPECT_THAT(sink_.pictures(), IsEmpty());
  EXPECT_EQ(encode_.asked(), 1);
}

TEST_F(FeedStartTest, IsNotGivenHalfOfWhatFollowsAnOldKeyFrame) {
  keyFrame();
  clock_.advance(milliseconds(600));
  picture();
  feed_.follow(encode_.fanout());
  EXPECT_THAT(sink_.pictures(), IsEmpty());
}

TEST_F(FeedStartTest, IsGivenNothingOfAnEncoderThatWasReplaced) {
  keyFrame();
  encode_.plugIn();
  feed_.follow(encode_.fanout());
  EXPECT_THAT(sink_.pictures(), IsEmpty());
  EXPECT_EQ(encode_.asked(), 1);
}

TEST_F(FeedStartTest, SharesPicturesByReference) {
  test::RecordingSink other;
  Feed second(other, clock_);
  feed_.follow(encode_.fanout());
  second.follow(encode_.fanout());
  const auto* shown = keyFrame();
  EXPECT_THAT(sink_.pictures(), ElementsAre(shown));
  EXPECT_THAT(other.pictures(), ElementsAre(shown));
}

TEST_F(FeedStartTest, HandsOverTheCapsOfThePictures) {
  feed_.follow(encode_.fanout());
  keyFrame();
  EXPECT_EQ(sink_.lastCaps, encode_.caps());
}

TEST_F(FeedStartTest, KeepsNoPictureOnceTheKeyFrameIsOld) {
  encode_.keyFrame();
  const auto watched = gst::Ref<GstBuffer>::retain(const_cast<GstBuffer*>(encode_.last()));
  clock_.advance(milliseconds(501));
  encode_.picture();
  EXPECT_EQ(GST_MINI_OBJECT_REFCOUNT_VALUE(watched.get()), 1);
}

TEST_F(FeedStartTest, IsNotGivenThePicturesTwiceWhereItFollowsTwice) {
  const auto* first = keyFrame();
  feed_.follow(encode_.fanout());
  feed_.follow(encode_.fanout());
  const auto* second = picture();
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second));
}

TEST_F(FeedStartTest, IsGivenNothingAfterItLeft) {
  feed_.follow(encode_.fanout());
  keyFrame();
  feed_.leave();
  picture();
  keyFrame();
  EXPECT_THAT(sink_.pictures(), SizeIs(1));
}

TEST_F(FeedStartTest, MayLeaveBeforeItFollowedAndTwice) {
  feed_.leave();
  feed_.leave();
  keyFrame();
  EXPECT_THAT(sink_.pictures(), IsEmpty());
}

TEST_F(FeedStartTest, AsksForNothingAfterItLeft) {
  feed_.follow(encode_.fanout());
  keyFrame();
  feed_.leave();
  clock_.advance(std::chrono::seconds(10));
  feed_.requestKeyFrame();
  picture();
  EXPECT_EQ(encode_.asked(), 1);
}

TEST_F(FeedStartTest, EndsBeforeItsFanout) {
  {
    test::RecordingSink sink;
    Feed feed(sink, clock_);
    feed.follow(encode_.fanout());
    keyFrame();
    EXPECT_THAT(sink.pictures(), SizeIs(1));
  }
  // Into nothing that is gone, which the address sanitizer would see.
  keyFrame();
  EXPECT_EQ(encode_.fanout()->figures().frames, 2U);
}

TEST_F(FeedStartTest, LetsGoOfItsFanoutWhenItLeaves) {
  const std::weak_ptr<Fanout> watched = encode_.fanout();
  feed_.follow(encode_.fanout());
  encode_.letGo();
  EXPECT_FALSE(watched.expired());
  feed_.leave();
  EXPECT_TRUE(watched.expired());
}

TEST_F(FeedStartTest, LeavesNothingInAFanoutThatHasNoPictures) {
  auto link = std::make_shared<Feed::Link>(sink_, clock_);
  const std::weak_ptr<Feed::Link> watched = link;
  link->setNext(encode_.fanout().get());
  encode_.fanout()->attach(link);
  link->close();
  link.reset();
  feed_.follow(encode_.fanout());
  EXPECT_TRUE(watched.expired());
}

TEST_F(FeedStartTest, CountsWhatItWasGiven) {
  feed_.follow(encode_.fanout());
  picture();
  keyFrame();
  picture();
  EXPECT_EQ(feed_.figures().delivered, 2U);
  EXPECT_EQ(feed_.figures().dropped, 0U);
}

TEST_F(FeedStartTest, TellsOfNoFrameBeforeTheFirst) {
  EXPECT_EQ(encode_.fanout()->lastFrame(), std::nullopt);
  EXPECT_EQ(encode_.fanout()->figures().frames, 0U);
}

TEST_F(FeedStartTest, TellsOfFramesThoughNobodyFollows) {
  keyFrame();
  const auto when = clock_.now();
  encode_.picture();
  clock_.advance(test::kFrameTime);
  EXPECT_EQ(encode_.fanout()->lastFrame(), when);
  EXPECT_EQ(encode_.fanout()->figures().frames, 2U);
}

}  // namespace
}  // namespace fanlight::media
