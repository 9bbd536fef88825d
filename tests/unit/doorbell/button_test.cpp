// SPDX-License-Identifier: Apache-2.0
// A button that is pressed, sticks, is pulled out and comes back. Its contact is a stand-in: the real ones need the
// kernel's devices, which tests/board has.
#include "doorbell/button.h"

#include <array>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "logged_events.h"
#include "steered_clocks.h"

namespace fanlight::doorbell {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A pipe whose letters are changes: 'p' for pressed, 'r' for released. Its end is that of the device.
class StandInContact final : public Contact {
 public:
  explicit StandInContact(int pipe) : pipe_(pipe) {}

  int descriptor() const override { return pipe_.get(); }
  std::optional<std::vector<Change>> read() override {
    std::array<char, kChangesAtOnce> letters{};
    const ssize_t count = ::read(pipe_.get(), letters.data(), letters.size());
    if (count <= 0)
      return std::nullopt;
    std::vector<Change> changes;
    for (ssize_t i = 0; i < count; ++i)
      changes.push_back(letters.at(static_cast<std::size_t>(i)) == 'p' ? Change::Pressed : Change::Released);
    return changes;
  }

 private:
  const base::FileDescriptor pipe_;
};

class ButtonTest : public LoggedEventsTest {
 protected:
  ~ButtonTest() override { unplug(); }

  void plug() { isPlugged_ = true; }
  void unplug() {
    isPlugged_ = false;
    if (device_ >= 0)
      ::close(device_);
    device_ = -1;
  }
  OpenedContact open() {
    if (!isPlugged_)
      return base::fail(base::ErrorCode::Unavailable, "it is not plugged in");
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    device_ = ends[1];
    return std::make_unique<StandInContact>(ends[0]);
  }
  Button make(config::InputSource source = config::InputSource::Key) {
    config::Input input{.id = base::InputId("bell")};
    input.source = source;
    return Button(
        context_, clock_, input, [this](const config::Input&) { ++rings_; },
        [this](const config::Input&) { return open(); });
  }
  void send(const std::string& letters) {
    ASSERT_EQ(::write(device_, letters.data(), letters.size()), static_cast<ssize_t>(letters.size()));
    context_.iterate(false);
  }

  const glib::MainContext context_ = glib::MainContext::create();
  test::SteeredClock clock_;
  bool isPlugged_ = true;
  int device_ = -1;
  int rings_ = 0;
};

TEST_F(ButtonTest, RingsWhenItIsPressed) {
  const Button button = make();
  EXPECT_EQ(rings_, 0);
  send("pr");
  EXPECT_EQ(rings_, 1);
  clock_.advance(kRingPause);
  send("pr");
  EXPECT_EQ(rings_, 2);
  EXPECT_THAT(events(), IsEmpty());
}

TEST_F(ButtonTest, RingsOnceWhileItChatters) {
  const Button button = make();
  send("prprprprprp");
  EXPECT_EQ(rings_, 1);
}

TEST_F(ButtonTest, IsToldToBeStuckOnceAndToBeFreeAgain) {
  Button button = make();
  send("p");
  for (int second = 0; second < 60; ++second) {
    clock_.advance(1s);
    button.tick();
  }
  EXPECT_THAT(events(), ElementsAre("input-stuck"));
  send("r");
  button.tick();
  EXPECT_THAT(events(), ElementsAre("input-stuck", "input-free"));
  EXPECT_EQ(rings_, 1);
}

TEST_F(ButtonTest, RingsAgainOnceItIsPluggedInAgain) {
  Button button = make();
  unplug();
  context_.iterate(false);
  button.tick();
  button.tick();
  EXPECT_THAT(events(), ElementsAre("input-away"));
  plug();
  button.tick();
  EXPECT_THAT(events(), ElementsAre("input-away", "input-back"));
  send("p");
  EXPECT_EQ(rings_, 1);
}

TEST_F(ButtonTest, IsToldToBeAwayWhereItNeverWas) {
  unplug();
  const Button button = make();
  EXPECT_THAT(events(), ElementsAre("input-away"));
}

TEST_F(ButtonTest, RingsByItselfWhereItIsATest) {
  Button button = make(config::InputSource::Test);
  for (int second = 0; second < 30; ++second) {
    clock_.advance(1s);
    button.tick();
  }
  EXPECT_EQ(rings_, 3);
}

}  // namespace
}  // namespace fanlight::doorbell
