// SPDX-License-Identifier: Apache-2.0
#include "base/ice_url.h"

#include <gtest/gtest.h>

namespace fanlight::base {
namespace {

using enum IceUrl::Scheme;
using enum IceUrl::Transport;

TEST(IceUrl, SaysWhereTheServerIs) {
  EXPECT_EQ(parseIceUrl("stun:stun.example:19302"), (IceUrl{Stun, "stun.example", 19302, Udp}));
  EXPECT_EQ(parseIceUrl("turn:192.0.2.1:443?transport=tcp"), (IceUrl{Turn, "192.0.2.1", 443, Tcp}));
  EXPECT_EQ(parseIceUrl("turn:turn.example:3478?transport=udp"), (IceUrl{Turn, "turn.example", 3478, Udp}));
}

TEST(IceUrl, HasTheUsualPortAndTransportWhereItNamesNone) {
  EXPECT_EQ(parseIceUrl("stun:stun.example"), (IceUrl{Stun, "stun.example", 3478, Udp}));
  EXPECT_EQ(parseIceUrl("turn:turn.example"), (IceUrl{Turn, "turn.example", 3478, Udp}));
  EXPECT_EQ(parseIceUrl("turns:turn.example"), (IceUrl{Turns, "turn.example", 5349, Tcp}));
}

TEST(IceUrl, NamesAnIpv6AddressInBrackets) {
  EXPECT_EQ(parseIceUrl("stun:[2001:DB8:0::1]"), (IceUrl{Stun, "2001:db8::1", 3478, Udp}));
  EXPECT_EQ(parseIceUrl("turn:[2001:db8::1]:443?transport=tcp"), (IceUrl{Turn, "2001:db8::1", 443, Tcp}));
}

TEST(IceUrl, MayBeWrittenInCapitals) {
  EXPECT_EQ(parseIceUrl("STUN:Stun.Example"), (IceUrl{Stun, "stun.example", 3478, Udp}));
}

TEST(IceUrl, IsNothingElse) {
  using namespace std::string_view_literals;
  for (const auto text : {""sv,
                          "stun"sv,
                          "stun:"sv,
                          "stun:?transport=udp"sv,
                          "stun://stun.example"sv,
                          "stuns:stun.example"sv,
                          "http://stun.example"sv,
                          "stun.example:3478"sv,
                          "stun:stun.example:0"sv,
                          "stun:stun.example:65536"sv,
                          "stun:stun.example:"sv,
                          "stun:stun.example?transport=udp"sv,
                          "turn:turn.example?transport=tls"sv,
                          "turn:turn.example?"sv,
                          "turn:user@turn.example"sv,
                          "turns:turn.example?transport=udp"sv,
                          "turn:2001:db8::1"sv,
                          "turn:[turn.example]"sv,
                          "turn:[2001:db8::1]443"sv,
                          "turn:turn example"sv,
                          "turn:turn.example\0"sv})
    EXPECT_EQ(parseIceUrl(text), std::nullopt) << text;
}

}  // namespace
}  // namespace fanlight::base
