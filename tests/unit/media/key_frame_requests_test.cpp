// SPDX-License-Identifier: Apache-2.0
// The spacing of key frame requests against a table of times.
#include "media/key_frame_requests.h"

#include <vector>

#include <gmock/gmock.h>

namespace fanlight::media {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

base::TimePoint at(int time) {
  return base::TimePoint(std::chrono::hours(1) + milliseconds(time));
}

TEST(KeyFrameCoalescer, AsksAtOnceForTheFirstRequest) {
  KeyFrameCoalescer coalescer;
  EXPECT_TRUE(coalescer.request(at(0)));
}

TEST(KeyFrameCoalescer, JoinsTheRequestsWithinItsSpacing) {
  KeyFrameCoalescer coalescer;
  coalescer.request(at(0));
  EXPECT_FALSE(coalescer.request(at(1)));
  EXPECT_FALSE(coalescer.request(at(499)));
}

TEST(KeyFrameCoalescer, AsksAgainForARequestAfterItsSpacing) {
  KeyFrameCoalescer coalescer;
  coalescer.request(at(0));
  EXPECT_TRUE(coalescer.request(at(500)));
}

TEST(KeyFrameCoalescer, HasNothingDueWhileNobodyAsks) {
  KeyFrameCoalescer coalescer;
  EXPECT_FALSE(coalescer.isDue(at(0)));
  EXPECT_FALSE(coalescer.isDue(at(10'000)));
}

TEST(KeyFrameCoalescer, MakesUpLaterForARequestThatCameTooEarly) {
  KeyFrameCoalescer coalescer;
  coalescer.request(at(0));
  coalescer.onKeyFrame();
  coalescer.request(at(100));
  EXPECT_FALSE(coalescer.isDue(at(499)));
  EXPECT_TRUE(coalescer.isDue(at(500)));
}

TEST(KeyFrameCoalescer, AsksAgainUntilAKeyFrameComes) {
  KeyFrameCoalescer coalescer;
  coalescer.request(at(0));
  std::vector<int> asked;
  for (int time = 20; time <= 1600; time += 20)
    if (coalescer.isDue(at(time)))
      asked.push_back(time);
  EXPECT_THAT(asked, ElementsAre(500, 1000, 1500));
}

TEST(KeyFrameCoalescer, IsContentWithAnyKeyFrame) {
  KeyFrameCoalescer coalescer;
  coalescer.request(at(0));
  coalescer.request(at(100));
  coalescer.onKeyFrame();
  EXPECT_FALSE(coalescer.isDue(at(2000)));
}

TEST(KeyFrameCoalescer, KeepsItsSpacingOverAKeyFrame) {
  KeyFrameCoalescer coalescer;
  coalescer.request(at(0));
  coalescer.onKeyFrame();
  EXPECT_FALSE(coalescer.request(at(499)));
}

TEST(KeyFrameCoalescer, AsksAtMostOnceASpacingOfAViewerThatNeverStops) {
  KeyFrameCoalescer coalescer;
  int asked = 0;
  for (int time = 0; time < 10'000; ++time) {
    if (time % 40 == 39)
      coalescer.onKeyFrame();
    asked += coalescer.request(at(time)) ? 1 : 0;
  }
  EXPECT_EQ(asked, 20);
}

std::vector<int> taken(KeyFrameAllowance& allowance, int from, int to, int step) {
  std::vector<int> times;
  for (int time = from; time <= to; time += step)
    if (allowance.request(at(time)))
      times.push_back(time);
  return times;
}

TEST(KeyFrameAllowance, AllowsTheFirstAtOnce) {
  KeyFrameAllowance allowance;
  EXPECT_TRUE(allowance.request(at(0)));
}

TEST(KeyFrameAllowance, DoublesItsSpacingFromTwoToTenSeconds) {
  KeyFrameAllowance allowance;
  EXPECT_THAT(taken(allowance, 0, 50'000, 100), ElementsAre(0, 2000, 6000, 14'000, 24'000, 34'000, 44'000));
}

TEST(KeyFrameAllowance, RefusesUntilTheLastMoment) {
  KeyFrameAllowance allowance;
  allowance.request(at(0));
  EXPECT_THAT(taken(allowance, 1, 1999, 1), IsEmpty());
  EXPECT_TRUE(allowance.request(at(2000)));
}

TEST(KeyFrameAllowance, IsNotLengthenedByWhatItRefuses) {
  KeyFrameAllowance allowance;
  allowance.request(at(0));
  allowance.request(at(1900));
  EXPECT_TRUE(allowance.request(at(2000)));
}

TEST(KeyFrameAllowance, ForgivesAfterThirtySecondsOfPeace) {
  KeyFrameAllowance allowance;
  taken(allowance, 0, 14'000, 100);
  EXPECT_THAT(taken(allowance, 44'000, 50'000, 100), ElementsAre(44'000, 46'000, 50'000));
}

TEST(KeyFrameAllowance, DoesNotForgiveBeforeThat) {
  KeyFrameAllowance allowance;
  taken(allowance, 0, 14'000, 100);
  EXPECT_THAT(taken(allowance, 43'999, 53'998, 1), ElementsAre(43'999));
}

TEST(KeyFrameAllowance, MakesUpLaterForWhatItRefused) {
  KeyFrameAllowance allowance;
  allowance.request(at(0));
  EXPECT_FALSE(allowance.isDue(at(1)));
  allowance.request(at(100));
  EXPECT_FALSE(allowance.isDue(at(1999)));
  EXPECT_TRUE(allowance.isDue(at(2000)));
  EXPECT_FALSE(allowance.isDue(at(10'000))) << "it asked once";
}

TEST(KeyFrameAllowance, IsContentWithAKeyFrameThatSomebodyElseWanted) {
  KeyFrameAllowance allowance;
  allowance.request(at(0));
  allowance.request(at(100));
  allowance.onKeyFrame();
  EXPECT_FALSE(allowance.isDue(at(2000)));
}

TEST(KeyFrameAllowance, CountsWhatItMakesUpForAsARequest) {
  KeyFrameAllowance allowance;
  allowance.request(at(0));
  allowance.request(at(100));
  ASSERT_TRUE(allowance.isDue(at(2000)));
  EXPECT_THAT(taken(allowance, 2100, 7000, 100), ElementsAre(6000));
}

}  // namespace
}  // namespace fanlight::media
