// SPDX-License-Identifier: Apache-2.0
// What is wrong around the daemon, and who hears of it.
#include "session/device_troubles.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::session {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Set = DeviceTroubles::Set;

class DeviceTroublesTest : public ::testing::Test {
 protected:
  Subscription listen() {
    return troubles_.subscribe([this](const Set& troubles) { heard_.push_back(troubles); });
  }
  DeviceTroubles troubles_;
  std::vector<Set> heard_;
};

TEST_F(DeviceTroublesTest, TellEachChangeOnceWithAllThatThereAreThen) {
  const auto subscription = listen();
  troubles_.set(DeviceTrouble::Memory, true);
  troubles_.set(DeviceTrouble::Memory, true);
  troubles_.set(DeviceTrouble::Disk, true);
  troubles_.set(DeviceTrouble::Memory, false);
  EXPECT_THAT(heard_, ElementsAre(Set{DeviceTrouble::Memory}, Set{DeviceTrouble::Disk, DeviceTrouble::Memory},
                                  Set{DeviceTrouble::Disk}));
  EXPECT_EQ(troubles_.present(), Set{DeviceTrouble::Disk});
}

TEST_F(DeviceTroublesTest, TellNothingWhereAllIsWell) {
  const auto subscription = listen();
  troubles_.set(DeviceTrouble::Disk, false);
  EXPECT_THAT(heard_, IsEmpty());
  EXPECT_THAT(troubles_.present(), IsEmpty());
}

TEST_F(DeviceTroublesTest, TellNobodyWhoHasEndedTheSubscription) {
  auto subscription = listen();
  subscription.reset();
  troubles_.set(DeviceTrouble::Disk, true);
  EXPECT_THAT(heard_, IsEmpty());
}

}  // namespace
}  // namespace fanlight::session
