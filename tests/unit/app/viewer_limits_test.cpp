// SPDX-License-Identifier: Apache-2.0
// How many may watch, of what was set and what there are threads for.
#include "app/viewer_limits.h"

#include <gtest/gtest.h>

namespace fanlight::app {
namespace {

config::Limits settings(int viewers) {
  config::Limits limits;
  limits.viewers = viewers;
  return limits;
}

TEST(ViewerLimits, AreThoseThatWereSetWhereNothingLimitsThreads) {
  EXPECT_EQ(toLimits(settings(100), std::nullopt).viewers, 100);
}

TEST(ViewerLimits, AreNoMoreThanThereAreThreadsFor) {
  EXPECT_EQ(toLimits(settings(100), 384).viewers, 28);
  EXPECT_EQ(toLimits(settings(25), 384).viewers, 25);
}

}  // namespace
}  // namespace fanlight::app
