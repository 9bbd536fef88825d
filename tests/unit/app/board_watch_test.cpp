// SPDX-License-Identifier: Apache-2.0
// From files that change to steps and events: each change once.
#include "app/board_watch.h"

#include <gmock/gmock.h>

#include "base/log.h"
#include "board/sysfs_fixture.h"
#include "loop_fixture.h"
#include "steered_clocks.h"

namespace fanlight::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// "EVENT STEP: text", of those that have an event.
std::vector<std::string>& events() {
  static std::vector<std::string> seen;
  return seen;
}

void noteEvent(const base::LogLine& line) {
  std::string fields;
  for (const base::LogField& field : line.fields)
    fields += std::string(field.value) + " ";
  if (!fields.empty())
    events().push_back(fields + std::string(line.text));
}

class BoardWatchTest : public test::LoopFixture {
 protected:
  void SetUp() override {
    events().clear();
    base::setLogSink(noteEvent);
  }
  void TearDown() override {
    watch_.reset();
    base::setLogSink(nullptr);
  }

  void start() {
    watch_ = std::make_unique<BoardWatch>(
        context_, clock_, BoardWatch::Options{.sysfsRoot = sysfs_.root(), .heat = {}, .every = milliseconds(10)}, 3,
        [this](int step, std::optional<board::SpareCause> cause) {
          steps_.push_back(step);
          cause_ = cause;
        });
    watch_->start();
  }
  void awaitStep(int step) {
    runUntil("the step", [this, step] { return watch_->step() == step; });
  }
  void awaitTemperature(double celsius) {
    runUntil("the reading", [this, celsius] {
      const auto& zones = watch_->readings().temperatures;
      return !zones.empty() && zones.front().celsius == celsius;
    });
  }
  void heat(int milliCelsius) { sysfs_.zone(0, "cpu-thermal", milliCelsius); }

  test::Sysfs sysfs_;
  test::SteeredClock clock_;
  std::unique_ptr<BoardWatch> watch_;
  std::vector<int> steps_;
  std::optional<board::SpareCause> cause_;
};

TEST_F(BoardWatchTest, HasNoThreadWhereThereIsNothingToRead) {
  start();
  runUntil("the end of the search", [this] { return watch_->worker() == nullptr; });
  EXPECT_FALSE(watch_->readings().tellAnything());
}

TEST_F(BoardWatchTest, TellsWhatWasReadAndNothingElseWhileAllIsWell) {
  heat(50'000);
  start();
  awaitTemperature(50);
  heat(61'000);
  awaitTemperature(61);
  EXPECT_THAT(steps_, IsEmpty());
  EXPECT_THAT(events(), IsEmpty());
}

TEST_F(BoardWatchTest, StepsDownAndUpWithOneEventForEach) {
  heat(81'500);
  start();
  awaitStep(1);
  EXPECT_EQ(cause_, board::SpareCause::Heat);
  clock_.advance(seconds(30));
  awaitStep(2);
  heat(60'000);
  awaitTemperature(60);
  for (int step = 1; step >= 0; --step) {
    clock_.advance(seconds(60));
    awaitStep(step);
  }
  EXPECT_EQ(cause_, std::nullopt);
  EXPECT_THAT(steps_, ElementsAre(1, 2, 1, 0));
  EXPECT_THAT(
      events(),
      ElementsAre("board-hot 1 cpu-thermal is at 81.5 °C, hot from 75 °C; cameras give fewer pictures (step 1 of 3)",
                  "board-hot 2 cpu-thermal is at 81.5 °C, hot from 75 °C; cameras give fewer pictures (step 2 of 3)",
                  "board-cooled 1 the board is cool again; cameras give fewer pictures (step 1 of 3)",
                  "board-cooled 0 the board is cool again; cameras give all their pictures again (step 0 of 3)"));
}

TEST_F(BoardWatchTest, TellsUnderVoltageOnceHoweverOftenItComesAndGoes) {
  sysfs_.voltageAlarm("1");
  start();
  awaitStep(1);
  EXPECT_EQ(cause_, board::SpareCause::Power);
  for (const char* alarm : {"0", "1", "0"}) {
    sysfs_.voltageAlarm(alarm);
    runUntil("the reading", [this, alarm] { return watch_->readings().isUnderVoltage == (*alarm == '1'); });
  }
  clock_.advance(seconds(60));
  awaitStep(0);
  EXPECT_THAT(events(), ElementsAre(HasSubstr("under-voltage the supply's voltage is too low"),
                                    HasSubstr("power-low 1 the supply's voltage is too low; cameras give fewer"),
                                    HasSubstr("under-voltage-over "), HasSubstr("power-good 0 ")));
}

TEST_F(BoardWatchTest, ReadsNoMoreWhenItIsStopped) {
  heat(50'000);
  start();
  awaitTemperature(50);
  watch_->stop();
  runUntil("the end of a reading that had begun", [this] { return !watch_->worker()->busyFor(); });
  while (context_.iterate(false))
    continue;
  heat(90'000);
  bool isOver = false;
  const auto later = glib::EventSource::timer(context_, milliseconds(100), [&isOver] {
    isOver = true;
    return glib::Continue::No;
  });
  runUntil("ten times as long as it takes", [&isOver] { return isOver; });
  EXPECT_THAT(steps_, IsEmpty());
}

}  // namespace
}  // namespace fanlight::app
