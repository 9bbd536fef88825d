// SPDX-License-Identifier: Apache-2.0
// How many may watch, of what was set and what there are means for.
#include "app/viewer_limits.h"

#include <gtest/gtest.h>

namespace fanlight::app {
namespace {

config::Limits settings(int viewers) {
  config::Limits limits;
  limits.viewers = viewers;
  return limits;
}

TEST(ViewerLimits, AreThoseThatWereSetWhereNothingIsShort) {
  EXPECT_EQ(toLimits(settings(100), {}).viewers, 100);
}

TEST(ViewerLimits, AreNoMoreThanThereAreThreadsFor) {
  EXPECT_EQ(toLimits(settings(100), {384, {}}).viewers, 28);
  EXPECT_EQ(toLimits(settings(25), {384, {}}).viewers, 25);
}

TEST(ViewerLimits, AreNoMoreThanThereArePortsForWithSomeForThoseWhoAreReplaced) {
  EXPECT_EQ(toLimits(settings(100), {std::nullopt, {50000, 50015}}).viewers, 12);
  EXPECT_EQ(toLimits(settings(100), {std::nullopt, {50000, 50999}}).viewers, 100);
  EXPECT_EQ(toLimits(settings(100), {384, {50000, 50015}}).viewers, 12);
}

}  // namespace
}  // namespace fanlight::app
