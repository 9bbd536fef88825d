// SPDX-License-Identifier: Apache-2.0
// Viewers that come, change and go while encodes push from threads of their own; made for the thread sanitizer.
#include <latch>
#include <semaphore>
#include <thread>

#include <gmock/gmock.h>

#include "loop_fixture.h"
#include "media/fanout.h"
#include "media/feed.h"
#include "steered_clocks.h"

namespace fanlight::media {
namespace {

constexpr int kViewers = 300;
constexpr int kKeyFrameEvery = 8;

// Pushes pictures from its own thread for as long as it lives.
class PushingEncode {
 public:
  explicit PushingEncode(const base::Clock& clock) : clock_(clock), fanout_(std::make_shared<Fanout>(clock)) {
    fanout_->begin([asked = asked_] { ++*asked; });
    thread_ = std::thread([this] { push(); });
  }
  ~PushingEncode() {
    isEnding_ = true;
    thread_.join();
  }
  PushingEncode(const PushingEncode&) = delete;
  PushingEncode& operator=(const PushingEncode&) = delete;

  const std::shared_ptr<Fanout>& fanout() const { return fanout_; }
  void awaitPictures(std::uint64_t more) const {
    const std::uint64_t until = fanout_->figures().frames + more;
    while (fanout_->figures().frames < until)
      std::this_thread::yield();
  }

 private:
  void push() {
    const auto caps = gst::Ref<GstCaps>::adopt(gst_caps_new_empty_simple("video/x-h264"));
    for (int number = 0; !isEnding_; ++number) {
      auto buffer = gst::Ref<GstBuffer>::adopt(gst_buffer_new());
      GST_BUFFER_PTS(buffer.get()) = static_cast<GstClockTime>(clock_.now().time_since_epoch().count());
      const bool isKeyFrame = number % kKeyFrameEvery == 0;
      if (!isKeyFrame)
        GST_BUFFER_FLAG_SET(buffer.get(), GST_BUFFER_FLAG_DELTA_UNIT);
      fanout_->push({std::move(buffer), caps.clone(), isKeyFrame});
      std::this_thread::yield();
    }
  }

  const base::Clock& clock_;
  const std::shared_ptr<Fanout> fanout_;
  const std::shared_ptr<std::atomic<int>> asked_ = std::make_shared<std::atomic<int>>(0);
  std::atomic<bool> isEnding_ = false;
  std::thread thread_;
};

// Judges what it is given. It is only ever called under the feed's lock, so that it needs none.
class StrictSink final : public FeedSink {
 public:
  void deliver(GstBuffer* buffer, GstCaps*) override {
    const GstClockTime time = GST_BUFFER_PTS(buffer);
    if (given_ == 0 && GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT))
      ++faults_;
    if (given_ > 0 && time <= last_)
      ++faults_;
    last_ = time;
    ++given_;
  }
  base::Duration backlog() const override { return given_ % 5 == 4 ? kMaxBacklog * 2 : base::Duration{}; }

  int given() const { return given_; }
  int faults() const { return faults_; }

 private:
  int given_ = 0;
  int faults_ = 0;
  GstClockTime last_ = 0;
};

class FanoutThreadsTest : public ::testing::Test {
 protected:
  // The sink goes right after leave(): a call that came later would be seen by the address sanitizer.
  void visit(int number) {
    const auto sink = std::make_unique<StrictSink>();
    Feed feed(*sink, clock_);
    feed.follow((number % 2 == 0 ? one_ : two_).fanout());
    if (number % 3 == 0)
      one_.awaitPictures(2);
    feed.requestKeyFrame();
    feed.follow((number % 2 == 0 ? two_ : one_).fanout());
    if (number % 7 == 0)
      two_.awaitPictures(2);
    if (number % 5 == 0)
      feed.follow(one_.fanout());
    feed.leave();
    given_ += sink->given();
    faults_ += sink->faults();
  }

  base::SteadyClock clock_;
  PushingEncode one_{clock_};
  PushingEncode two_{clock_};
  int given_ = 0;
  int faults_ = 0;
};

TEST_F(FanoutThreadsTest, ServesViewersThatComeChangeAndGo) {
  for (int number = 0; number < kViewers; ++number)
    visit(number);
  EXPECT_GT(given_, 0);
  EXPECT_EQ(faults_, 0);
}

TEST_F(FanoutThreadsTest, ServesAViewerWhoseRequestsComeFromAnotherThread) {
  StrictSink sink;
  Feed feed(sink, clock_);
  feed.follow(one_.fanout());
  std::atomic<bool> isDone = false;
  std::latch hasAsked(1);
  std::thread asker([&feed, &isDone, &hasAsked] {
    feed.requestKeyFrame();
    hasAsked.count_down();
    while (!isDone) {
      feed.requestKeyFrame();
      std::this_thread::yield();
    }
  });
  hasAsked.wait();
  for (int i = 0; i < kViewers; ++i)
    feed.follow((i % 2 == 0 ? two_ : one_).fanout());
  // A whole group of pictures of the one that is followed, so that a key frame is among them.
  one_.awaitPictures(2 * kKeyFrameEvery);
  feed.leave();
  isDone = true;
  asker.join();
  EXPECT_GT(sink.given(), 0);
  EXPECT_EQ(sink.faults(), 0);
}

TEST_F(FanoutThreadsTest, ChangesItsEncoderWhileItIsAsked) {
  const std::shared_ptr<Fanout> fanout = one_.fanout();
  std::atomic<bool> isDone = false;
  std::latch hasAsked(1);
  std::thread asker([fanout, &isDone, &hasAsked] {
    fanout->requestKeyFrame();
    hasAsked.count_down();
    while (!isDone) {
      fanout->requestKeyFrame();
      std::this_thread::yield();
    }
  });
  hasAsked.wait();
  for (int i = 0; i < kViewers; ++i)
    fanout->begin(i % 2 == 0 ? nullptr : std::function<void()>([held = std::make_shared<int>(i)] {}));
  const auto reached = std::make_shared<std::counting_semaphore<>>(0);
  fanout->begin([reached] { reached->release(); });
  EXPECT_TRUE(reached->try_acquire_for(test::kPatience)) << "the last encoder is asked";
  isDone = true;
  asker.join();
}

}  // namespace
}  // namespace fanlight::media
