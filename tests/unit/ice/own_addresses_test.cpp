// SPDX-License-Identifier: Apache-2.0
// On whatever network this machine has; with none of its own each test has nothing to leave out, and says so.
#include "ice/own_addresses.h"

#include <gmock/gmock.h>
#include <net/if.h>

#include "base/address.h"

namespace fanlight::ice {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> allInterfaces() {
  std::vector<std::string> names;
  struct if_nameindex* list = ::if_nameindex();
  for (const struct if_nameindex* one = list; one && one->if_index != 0; ++one)
    names.emplace_back(one->if_name);
  ::if_freenameindex(list);
  return names;
}

TEST(OwnAddresses, AreNoneOfTheLoopback) {
  EXPECT_THAT(ownAddresses({}, ""), Not(Contains("127.0.0.1")));
  EXPECT_THAT(ownAddresses({}, ""), Not(Contains("::1")));
}

TEST(OwnAddresses, AreNoneOfInterfacesThatAreLeftOut) {
  EXPECT_THAT(ownAddresses(allInterfaces(), ""), IsEmpty());
  EXPECT_THAT(ownAddresses(allInterfaces(), "192.0.2.1"), IsEmpty()) << "of another machine";
}

TEST(OwnAddresses, HaveThoseOfTheInterfaceThatTheViewerCameBy) {
  const auto all = ownAddresses({}, "");
  if (all.empty())
    GTEST_SKIP() << "this machine has no network";
  EXPECT_THAT(ownAddresses(allInterfaces(), all.front()), Contains(all.front()));
}

}  // namespace
}  // namespace fanlight::ice
