// SPDX-License-Identifier: Apache-2.0
// The kernel's text, and when pressure begins and ends.
#include "health/memory.h"

#include <gmock/gmock.h>

#include "temporary_folder.h"

namespace fanlight::health {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

class MemoryTest : public ::testing::Test {
 protected:
  void press(const std::string& percent) {
    folder_.write("memory.pressure", "some avg10=" + percent + " avg60=0.00 avg300=0.00 total=1\nfull avg10=0.00 x\n");
  }

  TemporaryFolder folder_;
  Watch watch_ = watchMemory(folder_.path("memory.pressure"));
};

TEST_F(MemoryTest, PressureIsReadFromTheKernelsText) {
  EXPECT_EQ(readPressure("some avg10=12.50 avg60=1.00 avg300=0.10 total=99\nfull avg10=0.00"), 0.125);
  EXPECT_EQ(readPressure("some avg10=0.00 avg60=0.00"), 0.0);
}

TEST_F(MemoryTest, PressureIsUnknownFromAnyOtherText) {
  for (const char* text : {"", "some", "some avg10=", "some avg10=x", "full avg10=1.00"})
    EXPECT_EQ(readPressure(text), std::nullopt) << text;
}

TEST_F(MemoryTest, IsShortAboveTenPerCentUntilItIsBelowTwo) {
  press("10.00");
  EXPECT_EQ(watch_.look(), std::nullopt);
  press("10.01");
  EXPECT_THAT(watch_.look(), Optional(HasSubstr("memory is short: 10 % of the time")));
  press("2.01");
  EXPECT_THAT(watch_.look(), Optional(HasSubstr("memory is short")));
  press("2.00");
  EXPECT_EQ(watch_.look(), std::nullopt);
  press("9.00");
  EXPECT_EQ(watch_.look(), std::nullopt);
}

TEST_F(MemoryTest, IsEnoughWhereTheKernelCountsNothing) {
  EXPECT_EQ(watchMemory("").look(), std::nullopt);
}

}  // namespace
}  // namespace fanlight::health
