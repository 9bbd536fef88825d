// SPDX-License-Identifier: Apache-2.0
// This very process, and texts of /proc/PID/stat.
#include "app/process_figures.h"

#include <chrono>

#include <gtest/gtest.h>
#include <unistd.h>

namespace fanlight::app {
namespace {

constexpr const char* kFields =
    " S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 9 0 4711 1000000 250 18446744073709551615 1\n";

TEST(ProcessFigures, AreReadBehindANameThatLooksLikeFields) {
  const ProcessStat expected{9, 4711, 1'000'000, 250};
  EXPECT_EQ(parseProcessStat(std::string("42 (fanlight)") + kFields), expected);
  EXPECT_EQ(parseProcessStat(std::string("42 (a) S 1 (b) R)") + kFields), expected);
}

TEST(ProcessFigures, AreNoneOfATextThatIsCutOff) {
  EXPECT_EQ(parseProcessStat(""), std::nullopt);
  EXPECT_EQ(parseProcessStat("42 (fanlight)"), std::nullopt);
  EXPECT_EQ(parseProcessStat("42 (fanlight) S 1 2 3"), std::nullopt);
  EXPECT_EQ(parseProcessStat("42 (fanlight) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 x 0 1 2 3"), std::nullopt);
}

TEST(ProcessFigures, AreThoseOfThisProcess) {
  ProcessMeter meter;
  const auto before = meter.read();
  ASSERT_TRUE(before);
  EXPECT_GE(before->threads, 1U);
  EXPECT_GT(before->residentBytes, 1'000'000U);
  EXPECT_GT(before->virtualBytes, before->residentBytes);
  EXPECT_GT(before->maxDescriptors, before->descriptors);
  EXPECT_GT(before->cpu.count(), 0);
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  EXPECT_LE(before->startedAt.count(), now.count() + 0.1);
  EXPECT_GT(before->startedAt.count(), now.count() - 3600);

  const int descriptor = ::dup(STDERR_FILENO);
  const auto after = meter.read();
  ::close(descriptor);

  ASSERT_TRUE(after);
  EXPECT_EQ(after->descriptors, before->descriptors + 1);
  EXPECT_EQ(after->startedAt, before->startedAt) << "or it would look as if it had been restarted";
}

}  // namespace
}  // namespace fanlight::app
