// SPDX-License-Identifier: Apache-2.0
// An output that is pulsed, held, and whose chip goes and comes back. Its line is a stand-in: the real ones need the
// kernel's devices, which tests/board has.
#include "doorbell/output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "logged_events.h"

namespace fanlight::doorbell {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct StandInChip {
  bool isThere = true;
  std::vector<bool> values;  ///< as they were set
};

class StandInLine final : public OutputLine {
 public:
  explicit StandInLine(StandInChip& chip) : chip_(chip) {}
  bool set(bool isActive) override {
    if (chip_.isThere)
      chip_.values.push_back(isActive);
    return chip_.isThere;
  }

 private:
  StandInChip& chip_;
};

class OutputTest : public LoggedEventsTest {
 protected:
  Output make() {
    config::Output settings{.id = base::OutputId("door")};
    settings.pulse = 1ms;
    return Output(context_, settings, [this](const config::Output&) { return open(); });
  }
  OpenedOutputLine open() {
    if (!chip_.isThere)
      return base::fail(base::ErrorCode::Unavailable, "it is not there");
    return std::make_unique<StandInLine>(chip_);
  }
  /// Until so many values were set.
  void await(std::size_t count) {
    while (chip_.values.size() < count)
      context_.iterate(true);
  }

  const glib::MainContext context_ = glib::MainContext::create();
  StandInChip chip_;
};

TEST_F(OutputTest, IsActiveForItsTimeWhenItIsPulsed) {
  Output output = make();
  EXPECT_THAT(chip_.values, IsEmpty());
  EXPECT_TRUE(output.pulse());
  await(2);
  EXPECT_THAT(chip_.values, ElementsAre(true, false));
}

TEST_F(OutputTest, IsPulsedOnceHoweverOftenItIsAskedMeanwhile) {
  Output output = make();
  for (int ask = 0; ask < 10; ++ask)
    EXPECT_TRUE(output.pulse());
  await(2);
  EXPECT_THAT(chip_.values, ElementsAre(true, false));
  EXPECT_TRUE(output.pulse());
  await(4);
}

TEST_F(OutputTest, IsActiveAsLongAsItIsHeld) {
  Output output = make();
  output.hold(true);
  output.hold(true);
  output.hold(false);
  EXPECT_THAT(chip_.values, ElementsAre(true, false));
}

TEST_F(OutputTest, SaysOnceThatItsChipIsAwayAndWhenItIsBack) {
  Output output = make();
  chip_.isThere = false;
  EXPECT_FALSE(output.pulse());
  EXPECT_FALSE(output.pulse());
  output.tick();
  EXPECT_THAT(events(), ElementsAre("output-away"));
  chip_.isThere = true;
  output.tick();
  EXPECT_THAT(events(), ElementsAre("output-away", "output-back"));
  EXPECT_TRUE(output.pulse());
}

TEST_F(OutputTest, IsWhatItIsHeldAtOnceItsChipIsBack) {
  chip_.isThere = false;
  Output output = make();
  output.hold(true);
  chip_.isThere = true;
  output.tick();
  EXPECT_THAT(chip_.values, ElementsAre(true));
}

}  // namespace
}  // namespace fanlight::doorbell
