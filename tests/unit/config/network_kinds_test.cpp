// SPDX-License-Identifier: Apache-2.0
#include "config/network_kinds.h"

#include <gtest/gtest.h>

namespace fanlight::config {
namespace {

/// Each text in a line of its own, from line 2 on.
Node list(const std::vector<std::string>& texts) {
  List items;
  for (const std::string& text : texts)
    items.push_back({text, 2 + static_cast<int>(items.size())});
  return {items, 1};
}

template <ValueKind Kind>
std::string complaint(const Kind& kind, const Node& node) {
  const auto parsed = kind.parse(node);
  return parsed ? "fine" : std::to_string(parsed.error().line) + ": " + parsed.error().got;
}

TEST(AddressList, TakesNoneToItsMost) {
  const AddressList kind{2};
  EXPECT_EQ(kind.parse(list({"127.0.0.1:80", "[::1]:80"})).value(),
            (std::vector<base::Address>{{"127.0.0.1", 80}, {"::1", 80}}));
  EXPECT_EQ(complaint(kind, list({})), "fine");
  EXPECT_EQ(complaint(kind, list({"127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"})), "1: 3 of them");
  EXPECT_EQ(kind.expects(), "up to 2 addresses such as '127.0.0.1:8080' or '[::1]:8080'");
  EXPECT_EQ(kind.print({{"127.0.0.1", 80}, {"::1", 0}}), R"(["127.0.0.1:80", "[::1]:0"])");
}

TEST(AddressList, TellsTheLineOfTheWrongOne) {
  const AddressList kind{8};
  EXPECT_EQ(complaint(kind, list({"127.0.0.1:80", "porch:80"})), "3: 'porch:80'");
  EXPECT_EQ(complaint(kind, list({"[::1]:80", "[0::1]:80"})), "3: '[0::1]:80' twice");
  EXPECT_EQ(complaint(kind, {List{{std::int64_t(80), 7}}, 6}), "7: 80");
  EXPECT_EQ(complaint(kind, {std::string("127.0.0.1:80"), 6}), "6: the text '127.0.0.1:80'");
}

TEST(AddressList, TakesSeveralFreePorts) {
  EXPECT_EQ(complaint(AddressList{8}, list({"127.0.0.1:0", "127.0.0.1:0"})), "fine");
}

TEST(IceUrlList, TakesServersAsTheyAreWritten) {
  const IceUrlList kind{2};
  EXPECT_EQ(kind.parse(list({"stun:Stun.example", "turn:192.0.2.1:443?transport=tcp"})).value(),
            (std::vector<std::string>{"stun:Stun.example", "turn:192.0.2.1:443?transport=tcp"}));
  EXPECT_EQ(complaint(kind, list({})), "1: 0 of them");
  EXPECT_EQ(complaint(kind, list({"stun:a", "stun:b", "stun:c"})), "1: 3 of them");
  EXPECT_EQ(complaint(kind, list({"stun:a", "http://b"})), "3: 'http://b'");
  EXPECT_EQ(kind.print({}), "");
}

TEST(PortRangeText, TakesEnoughPortsOfThoseThatAreFree) {
  const PortRangeText kind{16};
  EXPECT_EQ(kind.parse({std::string("50000-50015"), 1}).value(), (base::PortRange{50'000, 50'015}));
  EXPECT_EQ(kind.parse({std::string("1024-65535"), 1}).value(), (base::PortRange{1024, 65'535}));
  EXPECT_EQ(kind.print({50'000, 50'015}), R"("50000-50015")");
  EXPECT_EQ(kind.print({}), "");
}

TEST(PortRangeText, TakesNothingElse) {
  const PortRangeText kind{16};
  for (const std::string text : {"", "-", "50000", "50000-", "-50015", "50000-50014", "50015-50000", "1023-2000",
                                 "65530-65536", "50000 - 50015", "50000-50015-50030", "a-b", "+5000-5100"})
    EXPECT_EQ(complaint(kind, {text, 7}), "7: '" + text + "'");
  EXPECT_EQ(complaint(kind, {std::int64_t(50'000), 7}), "7: 50000");
}

TEST(InterfaceList, TakesWhatTheKernelTakesForNames) {
  const InterfaceList kind{4};
  EXPECT_EQ(complaint(kind, list({"wg0", "enp0s31f6.100", "br-1a2b3c4d5e6f"})), "fine");
  for (const std::string name : {"", ".", "..", "a b", "a/b", "eth0:1", "sixteen-letters0"})
    EXPECT_NE(complaint(kind, list({name})), "fine") << name;
}

TEST(PlaceList, TakesAddressesAndNames) {
  const PlaceList kind{4};
  EXPECT_EQ(kind.parse(list({"Home.Example.org", "192.0.2.1", "2001:DB8::1"})).value(),
            (std::vector<std::string>{"home.example.org", "192.0.2.1", "2001:db8::1"}));
  for (const std::string place : {"", "192.0.2", "192.0.2.256", "[2001:db8::1]", "2001:db8::g", "home:80", "a b"})
    EXPECT_NE(complaint(kind, list({place})), "fine") << place;
}

TEST(HostList, TakesNamesInAnyCase) {
  const HostList kind{3};
  EXPECT_EQ(kind.parse(list({"Porch.Local", "my_cam", "192.0.2.1"})).value(),
            (std::vector<std::string>{"porch.local", "my_cam", "192.0.2.1"}));
  EXPECT_EQ(complaint(kind, list({})), "fine");
  EXPECT_EQ(kind.expects(), "up to 3 host names such as 'porch.local'");
  EXPECT_EQ(kind.print({"a", "b.c"}), R"(["a", "b.c"])");
}

TEST(HostList, TakesNothingElse) {
  const HostList kind{3};
  for (const std::string name :
       {"", ".", "a.", ".a", "a..b", "-a", "a-", "a b", "a:80", "a/b", "*", "[::1]", "käse", "a\tb"})
    EXPECT_NE(complaint(kind, list({name})), "fine") << name;
  EXPECT_EQ(complaint(kind, list({std::string(63, 'a')})), "fine");
  EXPECT_NE(complaint(kind, list({std::string(64, 'a')})), "fine");
  EXPECT_NE(complaint(kind, list({std::string(253, '.')})), "fine");
  EXPECT_EQ(complaint(kind, list({"a", "A"})), "3: 'A' twice");
  EXPECT_EQ(complaint(kind, list({"a", "b", "c", "d"})), "1: 4 of them");
}

TEST(OriginList, TakesWhatABrowserCallsAnOrigin) {
  const OriginList kind{8};
  EXPECT_EQ(
      kind.parse(list({"https://Home.Example:8123", "http://192.0.2.1", "https://[::1]:8443", "http://a"})).value(),
      (std::vector<std::string>{"https://home.example:8123", "http://192.0.2.1", "https://[::1]:8443", "http://a"}));
  EXPECT_EQ(complaint(kind, list({})), "fine");
  EXPECT_EQ(kind.expects(), "up to 8 origins such as 'https://home.example:8123'");
}

TEST(OriginList, TakesNothingElse) {
  const OriginList kind{8};
  for (const std::string text :
       {"", "*", "null", "home.example", "https://", "https://home.example/", "https://a/b", "https://*.example",
        "ftp://home.example", "https://home.example:", "https://home.example:x", "https://home.example:65536",
        "https://user@home.example", "https://[::1", "https://[home]", " https://home.example"})
    EXPECT_EQ(complaint(kind, list({text})), "2: '" + text + "'") << text;
}

/// What is wrong with the text alone, without a list around it.
std::string complaintOf(const std::string& text) {
  const auto parsed = WebAddress().parse({text, 2});
  return parsed ? "fine" : parsed.error().got;
}

TEST(WebAddress, TakesWhatAServerCanBeAskedBy) {
  for (const std::string text :
       {"https://home.example:8123/api/webhook/ID", "http://192.0.2.1", "https://[::1]/?a=b&c"})
    EXPECT_EQ(complaintOf(text), "fine") << text;
}

TEST(WebAddress, QuotesNothingOfWhatItDoesNotTake) {
  for (const std::string text : {"", "home.example/hook", "ftp://home.example/hook", "https://", "https:///hook",
                                 "https://user:word@home.example/hook", "https://home.example/a b",
                                 "https://home.example/#hook", "https://home.example/\n"})
    EXPECT_EQ(complaintOf(text), "another text") << text;
  EXPECT_EQ(complaintOf("https://home.example/" + std::string(WebAddress::kMaxBytes, 'a')), "another text");
}

TEST(IpList, TakesAddressesInTheirOneForm) {
  const IpList kind{8};
  EXPECT_EQ(kind.parse(list({"127.0.0.1", "0::1"})).value(), (std::vector<std::string>{"127.0.0.1", "::1"}));
  for (const std::string text : {"", "porch", "127.0.0.1:80", "[::1]", "10.0.0.0/8", "127.1"})
    EXPECT_EQ(complaint(kind, list({text})), "2: '" + text + "'") << text;
  EXPECT_EQ(kind.expects(), "up to 8 addresses such as '127.0.0.1' or '::1'");
}

}  // namespace
}  // namespace fanlight::config
