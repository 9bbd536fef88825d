// SPDX-License-Identifier: Apache-2.0
// Told while all goes on, not told once something does not.
#include "service/watchdog.h"

#include <gmock/gmock.h>

#include "steered_clocks.h"

namespace fanlight::service {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

class WatchdogTest : public ::testing::Test {
 protected:
  /// As the daemon ticks, once a second.
  void tick(int times) {
    for (int i = 0; i < times; ++i) {
      clock_.advance(seconds(1));
      watchdog_.tick();
    }
  }
  std::string logOf(int ticks) {
    ::testing::internal::CaptureStderr();
    tick(ticks);
    return ::testing::internal::GetCapturedStderr();
  }

  test::SteeredClock clock_;
  int told_ = 0;
  std::optional<std::string> obstacle_;
  Watchdog watchdog_{clock_, seconds(9), [this] { ++told_; }};
};

TEST_F(WatchdogTest, IsToldThreeTimesInEachTimeout) {
  tick(9);
  EXPECT_EQ(told_, 3);
}

TEST_F(WatchdogTest, IsToldAtTheFirstTick) {
  watchdog_.tick();
  EXPECT_EQ(told_, 1);
}

TEST_F(WatchdogTest, OfNobodyIsNeverTold) {
  Watchdog nobodys(clock_, std::nullopt, [this] { ++told_; });
  nobodys.tick();
  EXPECT_EQ(told_, 0);
}

TEST_F(WatchdogTest, IsNotToldWhileSomethingMakesNoProgress) {
  watchdog_.watch([] { return std::nullopt; });
  watchdog_.watch([this] { return obstacle_; });
  obstacle_ = "'porch' is not looked after";
  tick(30);
  EXPECT_EQ(told_, 0);
}

TEST_F(WatchdogTest, IsToldAtOnceWhenThatIsOver) {
  watchdog_.watch([this] { return obstacle_; });
  obstacle_ = "'porch' is not looked after";
  tick(5);
  obstacle_.reset();
  tick(1);
  EXPECT_EQ(told_, 1);
}

TEST_F(WatchdogTest, SaysOnceWhatStandsInTheWay) {
  watchdog_.watch([this] { return obstacle_; });
  obstacle_ = "'porch' is not looked after";
  EXPECT_THAT(logOf(2), HasSubstr("error fanlight: 'porch' is not looked after; the watchdog is not told"));
  EXPECT_EQ(logOf(5), "");
  obstacle_.reset();
  EXPECT_THAT(logOf(1), HasSubstr("info fanlight: what held up the watchdog is over: 'porch' is not looked after"));
}

TEST_F(WatchdogTest, SaysNothingOfWhatIsOverByTheNextTick) {
  watchdog_.watch([this] { return obstacle_; });
  obstacle_ = "'porch' is not looked after";
  EXPECT_EQ(logOf(1), "");
  obstacle_.reset();
  EXPECT_EQ(logOf(1), "");
}

}  // namespace
}  // namespace fanlight::service
