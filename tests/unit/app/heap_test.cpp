// SPDX-License-Identifier: Apache-2.0
// When free memory is given back.
#include "app/heap.h"

#include <gtest/gtest.h>

namespace fanlight::app {
namespace {

class HeapTrimmingTest : public ::testing::Test {
 protected:
  bool isDueAfter(base::Duration since, bool isIdle, std::uint64_t left) {
    return trimming_.isDue(isIdle, left, begin_ + since);
  }

  const base::TimePoint begin_{std::chrono::hours(1)};
  HeapTrimming trimming_;
};

TEST_F(HeapTrimmingTest, IsNotDueWhereNothingHasBeen) {
  EXPECT_FALSE(isDueAfter(std::chrono::hours(0), true, 0));
  EXPECT_FALSE(isDueAfter(std::chrono::hours(1), true, 0));
}

TEST_F(HeapTrimmingTest, IsDueOnceWhenAllHaveGone) {
  EXPECT_FALSE(isDueAfter(std::chrono::seconds(0), false, 1));
  EXPECT_TRUE(isDueAfter(std::chrono::seconds(1), true, 2));
  EXPECT_FALSE(isDueAfter(std::chrono::seconds(2), true, 2));
  EXPECT_FALSE(isDueAfter(std::chrono::hours(1), true, 2));
}

TEST_F(HeapTrimmingTest, IsDueAMinuteAfterTheFirstHasGoneWhereOthersGoOn) {
  EXPECT_FALSE(isDueAfter(std::chrono::seconds(0), false, 1));
  EXPECT_FALSE(isDueAfter(std::chrono::seconds(59), false, 5));
  EXPECT_TRUE(isDueAfter(std::chrono::seconds(60), false, 5));
  EXPECT_FALSE(isDueAfter(std::chrono::hours(1), false, 5));
  EXPECT_FALSE(isDueAfter(std::chrono::hours(1), false, 6));
  EXPECT_TRUE(isDueAfter(std::chrono::hours(1) + HeapTrimming::kPause, false, 6));
}

}  // namespace
}  // namespace fanlight::app
