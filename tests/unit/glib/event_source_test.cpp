// SPDX-License-Identifier: Apache-2.0
// Timers, descriptors and UNIX signals, and owners that go at every moment.
#include "glib/event_source.h"

#include <array>
#include <csignal>
#include <optional>

#include <gtest/gtest.h>
#include <unistd.h>

namespace fanlight::glib {
namespace {

using namespace std::chrono_literals;

class EventSourceTest : public ::testing::Test {
 protected:
  /// Runs the context until `done`, waiting for events.
  template <class Condition>
  void runUntil(Condition done) {
    while (!done())
      context_.iterate(true);
  }
  MainContext context_ = MainContext::create();
  int calls_ = 0;
};

TEST_F(EventSourceTest, CallsATimerAgainWhileItSaysYes) {
  auto timer = EventSource::timer(context_, 1ms, [this] { return ++calls_ < 3 ? Continue::Yes : Continue::No; });
  runUntil([&] { return !timer.isActive(); });
  EXPECT_EQ(calls_, 3);
}

TEST_F(EventSourceTest, DoesNotCallATimerBeforeItsTime) {
  auto timer = EventSource::timer(context_, 1h, [this] { return ++calls_, Continue::Yes; });
  EXPECT_FALSE(context_.iterate(false));
  EXPECT_EQ(calls_, 0);
  EXPECT_TRUE(timer.isActive());
}

TEST_F(EventSourceTest, IsNotActiveBeforeItIsMadeNorOnceStopped) {
  EventSource source;
  EXPECT_FALSE(source.isActive());
  source.stop();
  source = EventSource::timer(context_, 1h, [] { return Continue::Yes; });
  EXPECT_TRUE(source.isActive());
  source.stop();
  EXPECT_FALSE(source.isActive());
}

TEST_F(EventSourceTest, CallsNothingOnceStopped) {
  auto timer = EventSource::timer(context_, 0ms, [this] { return ++calls_, Continue::Yes; });
  timer.stop();
  EXPECT_FALSE(context_.iterate(false));
  EXPECT_EQ(calls_, 0);
}

TEST_F(EventSourceTest, FreesItsHandlerWhenItDies) {
  const auto held = std::make_shared<int>(0);
  {
    const auto timer = EventSource::timer(context_, 1h, [held] { return Continue::Yes; });
    EXPECT_EQ(held.use_count(), 2);
  }
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(EventSourceTest, FreesItsHandlerWhenItSaidNo) {
  const auto held = std::make_shared<int>(0);
  const auto timer = EventSource::timer(context_, 0ms, [held] { return Continue::No; });
  runUntil([&] { return !timer.isActive(); });
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(EventSourceTest, MayBeDestroyedInItsOwnHandler) {
  std::optional<EventSource> timer;
  timer = EventSource::timer(context_, 0ms, [this, &timer, held = std::make_shared<int>(7)] {
    timer.reset();
    calls_ += *held;  // what the handler captured is there until it returns
    return Continue::Yes;
  });
  runUntil([&] { return calls_ > 0; });
  EXPECT_FALSE(context_.iterate(false));
  EXPECT_EQ(calls_, 7);
}

TEST_F(EventSourceTest, MayBeReplacedInItsOwnHandler) {
  EventSource timer;
  int later = 0;
  timer = EventSource::timer(context_, 0ms, [&, held = std::make_shared<int>(7)] {
    timer = EventSource::timer(context_, 0ms, [&later] { return ++later, Continue::No; });
    calls_ += *held;
    return Continue::Yes;
  });
  runUntil([&] { return later > 0; });
  EXPECT_FALSE(context_.iterate(false));
  EXPECT_EQ(calls_, 7);
  EXPECT_EQ(later, 1);
}

TEST_F(EventSourceTest, MayBeStoppedByAnotherHandlerThatIsDueAtTheSameTime) {
  EventSource second;
  auto first = EventSource::timer(context_, 0ms, [this, &second] {
    second.stop();
    return ++calls_, Continue::No;
  });
  second = EventSource::timer(context_, 0ms, [this] { return calls_ += 100, Continue::No; });
  runUntil([&] { return calls_ > 0; });
  EXPECT_FALSE(context_.iterate(false));
  EXPECT_EQ(calls_, 1);
}

TEST_F(EventSourceTest, StopsTheOneThatItReplaces) {
  auto timer = EventSource::timer(context_, 0ms, [this] { return calls_ += 100, Continue::Yes; });
  timer = EventSource::timer(context_, 0ms, [this] { return ++calls_, Continue::No; });
  runUntil([&] { return !timer.isActive(); });
  EXPECT_EQ(calls_, 1);
}

TEST_F(EventSourceTest, MovesWithoutStopping) {
  auto from = EventSource::timer(context_, 0ms, [this] { return ++calls_, Continue::No; });
  const EventSource to = std::move(from);
  runUntil([&] { return calls_ > 0; });
  EXPECT_FALSE(to.isActive());
}

TEST_F(EventSourceTest, MayBelongToWhatItsHandlerOwns) {
  struct Owner {
    EventSource timer;
    std::shared_ptr<int> held;
  };
  const auto held = std::make_shared<int>(0);
  auto owner = std::make_shared<Owner>();
  owner->held = held;
  EventSource* timer = &owner->timer;
  *timer = EventSource::timer(context_, 1h, [owner] { return Continue::Yes; });
  owner.reset();
  EXPECT_EQ(held.use_count(), 2);
  timer->stop();
  EXPECT_EQ(held.use_count(), 1);
}

/// The two ends of a pipe.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe(ends_.data()), 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  int readEnd() const { return ends_[0]; }
  void write(char c) const { EXPECT_EQ(::write(ends_[1], &c, 1), 1); }
  char read() const {
    char c = 0;
    EXPECT_EQ(::read(ends_[0], &c, 1), 1);
    return c;
  }

 private:
  std::array<int, 2> ends_{};
};

TEST_F(EventSourceTest, CallsADescriptorsHandlerWhileThereIsSomethingToRead) {
  const Pipe pipe;
  std::string heard;
  auto source = EventSource::descriptor(context_, pipe.readEnd(), G_IO_IN, [&] {
    heard += pipe.read();
    return heard.size() < 2 ? Continue::Yes : Continue::No;
  });
  EXPECT_FALSE(context_.iterate(false));
  pipe.write('a');
  pipe.write('b');
  runUntil([&] { return !source.isActive(); });
  EXPECT_EQ(heard, "ab");
}

TEST_F(EventSourceTest, CallsAHandlerForAUnixSignal) {
  auto source = EventSource::unixSignal(context_, SIGHUP, [this] { return ++calls_, Continue::Yes; });
  ASSERT_EQ(::raise(SIGHUP), 0);
  runUntil([&] { return calls_ == 1; });
  ASSERT_EQ(::raise(SIGHUP), 0);
  runUntil([&] { return calls_ == 2; });
  EXPECT_TRUE(source.isActive());
}

}  // namespace
}  // namespace fanlight::glib
