// SPDX-License-Identifier: Apache-2.0
#include "base/address.h"

#include <gtest/gtest.h>

namespace fanlight::base {
namespace {

TEST(Address, IsReadInItsCanonicalForm) {
  EXPECT_EQ(parseAddress("127.0.0.1:8080"), (Address{"127.0.0.1", 8080}));
  EXPECT_EQ(parseAddress("0.0.0.0:0"), (Address{"0.0.0.0", 0}));
  EXPECT_EQ(parseAddress("[0:0::1]:65535"), (Address{"::1", 65535}));
}

TEST(Address, IsWrittenAsItIsRead) {
  EXPECT_EQ(toText(Address{"127.0.0.1", 80}), "127.0.0.1:80");
  EXPECT_EQ(toText(Address{"::1", 80}), "[::1]:80");
}

TEST(Address, IsNothingElse) {
  using namespace std::string_view_literals;
  for (const auto text :
       {""sv, ":"sv, ":80"sv, "127.0.0.1"sv, "127.0.0.1:"sv, "127.0.0.1:65536"sv, "127.0.0.1:-1"sv, "127.0.0.1:+1"sv,
        "127.0.0.1:80 "sv, "127.0.0.1:000080"sv, "127.1:80"sv, "localhost:80"sv, "::1:80"sv, "[::1]"sv, "[]:80"sv,
        "[127.0.0.1]:80"sv, "[fe80::1%eth0]:80"sv, "127.0.0.1\0.evil:80"sv})
    EXPECT_EQ(parseAddress(text), std::nullopt) << text;
}

TEST(PrivateAddress, IsOfANetworkThatIsNotTheInternet) {
  for (const char* ip : {"10.0.0.0", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.0.1",
                         "100.64.0.1", "100.127.255.255", "fc00::", "fdff::1", "fe80::1", "febf::1"})
    EXPECT_TRUE(isPrivateAddress(ip)) << ip;
}

TEST(LinkLocalAddress, IsOfTheLinkAlone) {
  for (const char* ip : {"169.254.0.1", "169.254.255.255", "fe80::1", "febf::1"})
    EXPECT_TRUE(isLinkLocalAddress(ip)) << ip;
  for (const char* ip : {"169.253.0.1", "10.0.0.1", "fec0::1", "fc00::1", "2001:db8::1", ""})
    EXPECT_FALSE(isLinkLocalAddress(ip)) << ip;
}

TEST(Address, IsBracketedInAUrlWhereItIsOfIpv6) {
  EXPECT_EQ(toHost("2001:db8::1"), "[2001:db8::1]");
  EXPECT_EQ(toHost("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(toHost("home.example.org"), "home.example.org");
}

TEST(Place, HasThePortThatStandsThereOrTheUsualOne) {
  EXPECT_EQ(parsePlace("Turn.example", 3478), (Place{"turn.example", 3478}));
  EXPECT_EQ(parsePlace("turn.example:443", 3478), (Place{"turn.example", 443}));
  EXPECT_EQ(parsePlace("192.0.2.1", 1883), (Place{"192.0.2.1", 1883}));
  EXPECT_EQ(parsePlace("[2001:DB8:0::1]", 1883), (Place{"2001:db8::1", 1883}));
  EXPECT_EQ(parsePlace("[2001:db8::1]:443", 1883), (Place{"2001:db8::1", 443}));
}

TEST(Place, IsNothingElse) {
  for (const char* text :
       {"", ":", ":443", "turn.example:", "turn.example:0", "turn.example:65536", "user@turn.example", "turn.example/x",
        "2001:db8::1", "[2001:db8::1]443", "[turn.example]", "a b", "::1"})
    EXPECT_EQ(parsePlace(text, 3478), std::nullopt) << text;
}

TEST(PrivateAddress, IsNoneOfTheInternetNorOfThisMachine) {
  for (const char* ip :
       {"9.255.255.255", "11.0.0.0", "172.15.0.1", "172.32.0.1", "192.167.0.1", "192.169.0.1", "100.63.0.1",
        "100.128.0.1", "127.0.0.1", "::1", "2001:db8::1", "fb00::1", "fec0::1", "", "home.example.org", "10.0.0.1:80"})
    EXPECT_FALSE(isPrivateAddress(ip)) << ip;
}

}  // namespace
}  // namespace fanlight::base
