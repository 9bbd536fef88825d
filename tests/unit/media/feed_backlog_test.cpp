// SPDX-License-Identifier: Apache-2.0
// A viewer that lags: whole stretches are dropped, and nobody else notices.
#include <gmock/gmock.h>

#include "media/fake_encode.h"

namespace fanlight::media {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class FeedBacklogTest : public ::testing::Test {
 protected:
  FeedBacklogTest() {
    feed_.follow(encode_.fanout());
    otherFeed_.follow(encode_.fanout());
    keyFrame();
    clock_.advance(seconds(1));
  }

  const GstBuffer* keyFrame() {
    encode_.keyFrame();
    clock_.advance(test::kFrameTime);
    return encode_.last();
  }
  const GstBuffer* picture() {
    encode_.picture();
    clock_.advance(test::kFrameTime);
    return encode_.last();
  }
  void forget() { sink_.buffers.clear(); }

  test::SteeredClock clock_;
  test::FakeEncode encode_{clock_};
  test::RecordingSink sink_;
  test::RecordingSink other_;
  Feed feed_{sink_, clock_};
  Feed otherFeed_{other_, clock_};
};

TEST_F(FeedBacklogTest, OfASecondIsBorne) {
  sink_.lag = kMaxBacklog;
  picture();
  EXPECT_THAT(sink_.pictures(), SizeIs(2));
}

TEST_F(FeedBacklogTest, OfMoreDropsAllUpToTheNextKeyFrame) {
  forget();
  sink_.lag = kMaxBacklog + milliseconds(1);
  picture();
  sink_.lag = {};
  picture();
  picture();
  EXPECT_THAT(sink_.pictures(), SizeIs(0));
  const auto* first = keyFrame();
  const auto* second = picture();
  EXPECT_THAT(sink_.pictures(), ElementsAre(first, second));
}

TEST_F(FeedBacklogTest, ThatLastsDropsTheKeyFrameToo) {
  forget();
  sink_.lag = kMaxBacklog + milliseconds(1);
  picture();
  keyFrame();
  sink_.lag = {};
  picture();
  EXPECT_THAT(sink_.pictures(), SizeIs(0));
  const auto* first = keyFrame();
  EXPECT_THAT(sink_.pictures(), ElementsAre(first));
}

TEST_F(FeedBacklogTest, IsCountedAsDropped) {
  sink_.lag = seconds(2);
  picture();
  picture();
  sink_.lag = {};
  picture();
  keyFrame();
  EXPECT_EQ(feed_.figures().dropped, 3U);
  EXPECT_EQ(feed_.figures().delivered, 2U);
}

TEST_F(FeedBacklogTest, AffectsNobodyElse) {
  sink_.lag = seconds(2);
  for (int i = 0; i < 10; ++i)
    picture();
  EXPECT_THAT(other_.pictures(), SizeIs(11));
  EXPECT_EQ(otherFeed_.figures().dropped, 0U);
}

TEST_F(FeedBacklogTest, AsksForAKeyFrameOnceItIsGone) {
  const int before = encode_.asked();
  sink_.lag = seconds(2);
  picture();
  sink_.lag = {};
  picture();
  EXPECT_EQ(encode_.asked(), before + 1);
}

// Such a key frame would be dropped, and cost the others.
TEST_F(FeedBacklogTest, AsksForNoKeyFrameWhileItLasts) {
  const int before = encode_.asked();
  sink_.lag = seconds(2);
  for (int i = 0; i < 200; ++i)
    picture();
  EXPECT_EQ(encode_.asked(), before);
}

TEST_F(FeedBacklogTest, AsksAgainWithinTheViewersAllowance) {
  const int before = encode_.asked();
  for (int i = 0; i < 10; ++i) {
    sink_.lag = seconds(2);
    picture();
    sink_.lag = {};
    picture();
    keyFrame();
  }
  EXPECT_EQ(encode_.asked(), before + 1) << "within two seconds";
}

}  // namespace
}  // namespace fanlight::media
