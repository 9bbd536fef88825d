// SPDX-License-Identifier: Apache-2.0
// What is left to a new process, what to the machine, and what to nobody.
#include "service/escalation.h"

#include <fstream>

#include <gtest/gtest.h>

#include "temporary_folder.h"

namespace fanlight::service {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Step = Escalation::Step;

class EscalationTest : public ::testing::Test {
 protected:
  /// The next process, which finds what was written.
  Escalation load(bool mayAskForMachine = false) const {
    auto loaded = Escalation::load(file_, mayAskForMachine, now_);
    EXPECT_TRUE(loaded) << loaded.error().message;
    return loaded.value_or(Escalation(file_, mayAskForMachine));
  }
  std::optional<Step> judge(base::Duration lasting, bool mayAskForMachine = false) const {
    return load(mayAskForMachine).judge(fault("cam:porch", lasting), now_);
  }
  static Fault fault(const std::string& subject, base::Duration lasting) {
    return {subject, "it hangs", lasting, seconds(20)};
  }
  void take(Step step, const std::string& subject = "cam:porch") {
    ASSERT_TRUE(load().record(step, fault(subject, seconds(21)), now_));
  }
  void write(const std::string& text) const { std::ofstream(file_) << text; }

  TemporaryFolder folder_;
  std::string file_ = folder_.path("restarts");
  base::TimePoint now_{hours(100)};
};

TEST_F(EscalationTest, WaitsForAsLongAsTheFaultIsWorth) {
  EXPECT_EQ(judge(seconds(20)), std::nullopt);
  EXPECT_EQ(judge(seconds(21)), Step::RestartProcess);
}

TEST_F(EscalationTest, WaitsTwiceAsLongInEachFurtherProcess) {
  take(Step::RestartProcess);
  EXPECT_EQ(judge(seconds(40)), std::nullopt);
  EXPECT_EQ(judge(seconds(41)), Step::RestartProcess);
  take(Step::RestartProcess);
  EXPECT_EQ(judge(seconds(80)), std::nullopt);
  EXPECT_EQ(judge(seconds(81)), Step::RestartProcess);
}

TEST_F(EscalationTest, WaitsNoLongerForWhatNoProcessWasEndedFor) {
  for (int i = 0; i < 3; ++i)
    take(Step::RestartProcess, "cam:yard");
  EXPECT_EQ(judge(seconds(21)), Step::RestartProcess);
  EXPECT_EQ(judge(seconds(21), true), Step::RestartProcess) << "nor does that make it the machine's";
}

TEST_F(EscalationTest, NeverWaitsLongerThanItRemembers) {
  for (int i = 0; i < 30; ++i)
    take(Step::RestartProcess);
  EXPECT_EQ(judge(hours(6)), std::nullopt);
  EXPECT_EQ(judge(hours(6) + seconds(1)), Step::RestartProcess);
}

TEST_F(EscalationTest, ForgetsAProcessAfterSixHours) {
  take(Step::RestartProcess);
  now_ += hours(6);
  EXPECT_EQ(judge(seconds(21)), std::nullopt);
  now_ += seconds(1);
  EXPECT_EQ(judge(seconds(21)), Step::RestartProcess);
}

TEST_F(EscalationTest, CountsWhatWasDoneSinceTheMachineStarted) {
  for (int i = 0; i < 3; ++i)
    take(Step::RestartProcess);
  take(Step::RestartMachine);
  now_ += hours(24);
  EXPECT_EQ(load().count(Step::RestartProcess), 3U);
  EXPECT_EQ(load().count(Step::RestartMachine), 1U);
}

TEST_F(EscalationTest, KeepsAFileThatItCanRead) {
  for (int i = 0; i < 300; ++i)
    take(Step::RestartProcess);
  EXPECT_EQ(load().count(Step::RestartProcess), 100U);
}

TEST_F(EscalationTest, NeverComesToTheMachineUnlessThatIsAllowed) {
  for (int i = 0; i < 3; ++i)
    take(Step::RestartProcess);
  EXPECT_EQ(judge(hours(5)), Step::RestartProcess);
}

TEST_F(EscalationTest, ComesToTheMachineWhereThreeProcessesDidNotHelp) {
  for (int i = 0; i < 2; ++i)
    take(Step::RestartProcess);
  EXPECT_EQ(judge(hours(1), true), Step::RestartProcess);
  take(Step::RestartProcess);
  EXPECT_EQ(judge(seconds(20), true), std::nullopt);
  EXPECT_EQ(judge(seconds(21), true), Step::RestartMachine) << "it has been waited for long enough before";
}

TEST_F(EscalationTest, AsksForTheMachineOnceInSixHoursWhateverIsTheMatter) {
  for (int i = 0; i < 3; ++i)
    take(Step::RestartProcess);
  take(Step::RestartMachine, "cam:yard");
  EXPECT_EQ(judge(seconds(100), true), std::nullopt);
  EXPECT_EQ(judge(seconds(161), true), Step::RestartProcess);
  now_ += hours(6);
  for (int i = 0; i < 3; ++i)
    take(Step::RestartProcess);
  EXPECT_EQ(judge(seconds(161), true), std::nullopt);
  now_ += seconds(1);
  EXPECT_EQ(judge(seconds(161), true), Step::RestartMachine);
}

TEST_F(EscalationTest, StartsFromNothingWhereThereIsNoFile) {
  EXPECT_EQ(judge(seconds(21)), Step::RestartProcess);
}

TEST_F(EscalationTest, RefusesAFileThatItDidNotWrite) {
  for (const char* text :
       {"process\n", "12\n", "12 \n", "12 computer it\n", "x process it\n", "12 process\n", "12 process \n", "\n"}) {
    write(text);
    const auto loaded = Escalation::load(file_, false, now_);
    ASSERT_FALSE(loaded) << text;
    EXPECT_NE(loaded.error().message.find("is no step that was taken"), std::string::npos);
  }
}

TEST_F(EscalationTest, RefusesAStepThatIsStillToCome) {
  write("360001 process cam:porch\n");
  EXPECT_FALSE(Escalation::load(file_, false, now_));
}

TEST_F(EscalationTest, SaysThatAStepCouldNotBeCountedAndDoesNotCountIt) {
  file_ = folder_.path("missing/restarts");
  Escalation escalation = load();
  EXPECT_FALSE(escalation.record(Step::RestartProcess, fault("cam:porch", seconds(21)), now_));
  EXPECT_EQ(escalation.count(Step::RestartProcess), 0U);
}

}  // namespace
}  // namespace fanlight::service
