// SPDX-License-Identifier: Apache-2.0
// What an encode and a feed count, and for whom.
#include <gmock/gmock.h>

#include "media/fake_encode.h"

namespace fanlight::media {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint64_t kPictureBytes = 16;  // of FakeEncode

class FanoutFiguresTest : public ::testing::Test {
 protected:
  telemetry::EncodeFigures figures() const { return encode_.fanout()->figures(); }
  void play(int pictures) {
    for (int i = 0; i < pictures; ++i) {
      clock_.advance(test::kFrameTime);
      encode_.picture();
    }
  }
  void join() {
    feed_.follow(encode_.fanout());
    encode_.keyFrame();
    play(100);
  }

  test::SteeredClock clock_;
  test::FakeEncode encode_{clock_};
  test::RecordingSink sink_;
  Feed feed_{sink_, clock_};
};

TEST_F(FanoutFiguresTest, CountPicturesAndBytesThoughNobodyWatches) {
  encode_.keyFrame();
  play(2);
  EXPECT_EQ(figures().frames, 3U);
  EXPECT_EQ(figures().keyFrames, 1U);
  EXPECT_EQ(figures().bytes, 3 * kPictureBytes);
}

TEST_F(FanoutFiguresTest, GoOnOverANewEncoder) {
  encode_.keyFrame();
  encode_.fanout()->end();
  encode_.plugIn();
  encode_.keyFrame();
  EXPECT_EQ(figures().keyFrames, 2U);
}

TEST_F(FanoutFiguresTest, CountThoseWhoJoinAndWantAKeyFrame) {
  join();
  EXPECT_EQ(figures().joins, 1U);
  EXPECT_EQ(figures().encoderAsks, 1U);
  EXPECT_EQ(figures().asks, 0U);
}

TEST_F(FanoutFiguresTest, DoNotCountAJoinerWhomWhatIsKeptServes) {
  encode_.keyFrame();
  feed_.follow(encode_.fanout());
  EXPECT_EQ(sink_.buffers.size(), 1U);
  EXPECT_EQ(figures().joins, 0U);
}

TEST_F(FanoutFiguresTest, CountEachRequestOfAViewerThatMayAsk) {
  join();
  feed_.requestKeyFrame();
  EXPECT_EQ(figures().asks, 1U);
  EXPECT_EQ(figures().encoderAsks, 2U);
}

TEST_F(FanoutFiguresTest, CountARequestThatCameTooEarlyOnceItIsMadeUpFor) {
  join();
  feed_.requestKeyFrame();
  encode_.keyFrame();
  feed_.requestKeyFrame();
  EXPECT_EQ(figures().asks, 1U);
  play(110);
  EXPECT_EQ(figures().asks, 2U);
  EXPECT_EQ(figures().overflows, 0U);
}

TEST_F(FanoutFiguresTest, CountAViewerWhoseQueueOverflowedApart) {
  join();
  sink_.lag = seconds(2);
  play(3);
  sink_.lag = milliseconds(0);
  play(1);
  EXPECT_EQ(figures().overflows, 1U);
  EXPECT_EQ(figures().asks, 0U);
  EXPECT_EQ(feed_.figures().dropped, 4U);
}

TEST_F(FanoutFiguresTest, CountNoQuestionThatNoEncoderIsThereToHear) {
  encode_.fanout()->end();
  feed_.follow(encode_.fanout());
  EXPECT_EQ(figures().joins, 1U);
  EXPECT_EQ(figures().encoderAsks, 0U);
}

TEST_F(FanoutFiguresTest, CountWhatAViewerWasGiven) {
  join();
  EXPECT_EQ(feed_.figures().delivered, 101U);
  EXPECT_EQ(feed_.figures().bytes, 101 * kPictureBytes);
}

}  // namespace
}  // namespace fanlight::media
