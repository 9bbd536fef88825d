// SPDX-License-Identifier: Apache-2.0
// Key frame requests of many viewers, as the encoder sees them.
#include <gmock/gmock.h>

#include "media/fake_encode.h"

namespace fanlight::media {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class FeedRequestsTest : public ::testing::Test {
 protected:
  struct Viewer {
    explicit Viewer(test::SteeredClock& clock) : feed(sink, clock) {}
    test::RecordingSink sink;
    Feed feed;
  };

  std::unique_ptr<Viewer> join() {
    auto viewer = std::make_unique<Viewer>(clock_);
    viewer->feed.follow(encode_.fanout());
    return viewer;
  }
  /// Pictures that need others, for so long.
  void play(base::Duration time) {
    for (base::Duration played{}; played < time; played += test::kFrameTime) {
      clock_.advance(test::kFrameTime);
      encode_.picture();
    }
  }
  /// A viewer that is served, and whose request is long past.
  std::unique_ptr<Viewer> joinAndWait() {
    auto viewer = join();
    encode_.keyFrame();
    play(seconds(1));
    before_ = encode_.asked();
    return viewer;
  }
  int askedSince() const { return encode_.asked() - before_; }

  test::SteeredClock clock_;
  test::FakeEncode encode_{clock_};
  int before_ = 0;
};

TEST_F(FeedRequestsTest, AreOneForAllWhoJoinTogether) {
  const auto one = join();
  const auto other = join();
  clock_.advance(milliseconds(499));
  const auto third = join();
  EXPECT_EQ(encode_.asked(), 1);
}

TEST_F(FeedRequestsTest, AreServedByOneKeyFrame) {
  const auto one = join();
  const auto other = join();
  encode_.keyFrame();
  EXPECT_EQ(one->sink.pictures(), other->sink.pictures());
  play(seconds(2));
  EXPECT_EQ(encode_.asked(), 1);
}

TEST_F(FeedRequestsTest, AreMadeUpForWhereTheyCameTooEarly) {
  const auto one = joinAndWait();
  one->feed.requestKeyFrame();
  encode_.keyFrame();
  clock_.advance(milliseconds(100));
  encode_.fanout()->requestKeyFrame();
  EXPECT_EQ(askedSince(), 1);
  play(milliseconds(380));
  EXPECT_EQ(askedSince(), 1);
  play(milliseconds(20));
  EXPECT_EQ(askedSince(), 2);
}

TEST_F(FeedRequestsTest, AreRepeatedWhereTheEncoderDoesNotHeedThem) {
  const auto one = join();
  play(milliseconds(1600));
  EXPECT_EQ(encode_.asked(), 4);
}

TEST_F(FeedRequestsTest, AreRememberedWhileThereIsNoEncoder) {
  encode_.fanout()->end();
  const auto one = join();
  EXPECT_EQ(encode_.asked(), 0);
  encode_.plugIn();
  play(milliseconds(600));
  EXPECT_GE(encode_.asked(), 1);
}

TEST_F(FeedRequestsTest, AreServedByTheFirstPictureOfANewEncoder) {
  encode_.fanout()->end();
  const auto one = join();
  encode_.plugIn();
  encode_.keyFrame();
  play(seconds(2));
  EXPECT_EQ(encode_.asked(), 0);
  EXPECT_EQ(one->feed.figures().delivered, 101U);
}

TEST_F(FeedRequestsTest, ReachTheEncoderWhenAViewerAsks) {
  const auto one = joinAndWait();
  one->feed.requestKeyFrame();
  EXPECT_EQ(askedSince(), 1);
}

TEST_F(FeedRequestsTest, AreLimitedByTheAllowanceOfEachViewer) {
  const auto one = joinAndWait();
  for (int i = 0; i < 100; ++i) {
    one->feed.requestKeyFrame();
    clock_.advance(test::kFrameTime);
    encode_.keyFrame();
  }
  EXPECT_EQ(askedSince(), 1) << "within two seconds";
}

TEST_F(FeedRequestsTest, OfAViewerThatAsksButOnceAreMadeUpForWhereItMayNotAskYet) {
  const auto one = joinAndWait();
  one->feed.requestKeyFrame();
  encode_.keyFrame();
  one->feed.requestKeyFrame();
  play(milliseconds(1980));
  EXPECT_EQ(askedSince(), 1);
  play(milliseconds(20));
  EXPECT_EQ(askedSince(), 2);
}

TEST_F(FeedRequestsTest, OfAViewerThatWasGivenAKeyFrameMeanwhileNeedNoMakingUp) {
  const auto one = joinAndWait();
  one->feed.requestKeyFrame();
  encode_.keyFrame();
  one->feed.requestKeyFrame();
  play(seconds(1));
  encode_.keyFrame();
  play(seconds(10));
  EXPECT_EQ(askedSince(), 1);
}

TEST_F(FeedRequestsTest, AreLimitedForEachViewerByItself) {
  const auto one = joinAndWait();
  const auto other = joinAndWait();
  one->feed.requestKeyFrame();
  encode_.keyFrame();
  clock_.advance(milliseconds(500));
  other->feed.requestKeyFrame();
  EXPECT_EQ(askedSince(), 2);
}

TEST_F(FeedRequestsTest, OfAJoinAreNotLimitedByTheAllowance) {
  const auto one = joinAndWait();
  one->feed.requestKeyFrame();
  test::FakeEncode other(clock_);
  one->feed.follow(other.fanout());
  EXPECT_EQ(other.asked(), 1);
}

TEST_F(FeedRequestsTest, MayBeMadeBeforeAnythingIsFollowed) {
  Viewer viewer(clock_);
  viewer.feed.requestKeyFrame();
  EXPECT_EQ(encode_.asked(), 0);
}

TEST_F(FeedRequestsTest, AreMadeOutsideOfTheLock) {
  int calls = 0;
  // Which takes the lock.
  encode_.fanout()->begin([&calls, fanout = encode_.fanout().get()] {
    EXPECT_EQ(fanout->lastFrame(), std::nullopt);
    ++calls;
  });
  const auto one = join();
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace fanlight::media
