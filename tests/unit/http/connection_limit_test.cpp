// SPDX-License-Identifier: Apache-2.0
// Counting connections.
#include "http/connection_limit.h"

#include <vector>

#include <gtest/gtest.h>

namespace fanlight::http {
namespace {

TEST(ConnectionLimit, GivesNoMoreThanItHasToOneAddress) {
  ConnectionLimit limit(10, 2);
  const auto first = limit.take("192.0.2.1");
  const auto second = limit.take("192.0.2.1");
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(limit.take("192.0.2.1"));
  EXPECT_TRUE(limit.take("192.0.2.2"));
}

TEST(ConnectionLimit, GivesNoMoreThanItHasInAll) {
  ConnectionLimit limit(3, 2);
  std::vector<ConnectionLimit::Place> places;
  for (const char* address : {"192.0.2.1", "192.0.2.2", "192.0.2.3"})
    places.push_back(limit.take(address));
  EXPECT_EQ(limit.taken(), 3);
  EXPECT_FALSE(limit.take("192.0.2.4"));
  places.pop_back();
  EXPECT_TRUE(limit.take("192.0.2.4"));
}

TEST(ConnectionLimit, TakesPlacesBackAlsoAfterItsEnd) {
  ConnectionLimit::Place place;
  {
    ConnectionLimit limit(1, 1);
    place = limit.take("192.0.2.1");
    EXPECT_FALSE(limit.take("192.0.2.1"));
    place.reset();
    place = limit.take("192.0.2.1");
    EXPECT_TRUE(place);
  }
  place.reset();
}

TEST(Neighbourhood, IsTheAddressOrTheNetworkThatOneHostHas) {
  EXPECT_EQ(neighbourhood("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(neighbourhood("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(neighbourhood("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
  EXPECT_NE(neighbourhood("2001:db8:1:3::1"), neighbourhood("2001:db8:1:2::1"));
  EXPECT_EQ(neighbourhood("fe80::1"), "fe80::1");
}

TEST(ConnectionLimit, CountsWhoeverComesByAProxyTogetherOnly) {
  ConnectionLimit limit(3, 1, {"127.0.0.1"});
  const auto one = limit.take("127.0.0.1");
  const auto two = limit.take("127.0.0.1");
  EXPECT_TRUE(one && two);
  const auto other = limit.take("192.0.2.1");
  EXPECT_TRUE(other);
  EXPECT_FALSE(limit.take("127.0.0.1"));
}

TEST(ConnectionLimit, CountsWhoComesByAProxyByTheirOwnAddress) {
  ConnectionLimit limit(3, 2, {"127.0.0.1"});
  const auto proxys = limit.take("127.0.0.1");
  const auto one = limit.takeBehind("192.0.2.1");
  const auto two = limit.takeBehind("192.0.2.1");
  EXPECT_TRUE(one && two);
  EXPECT_FALSE(limit.takeBehind("192.0.2.1"));
  EXPECT_FALSE(limit.take("192.0.2.1")) << "whether he comes by it or not";
  EXPECT_TRUE(limit.takeBehind("192.0.2.2"));
  EXPECT_EQ(limit.taken(), 1);
}

}  // namespace
}  // namespace fanlight::http
