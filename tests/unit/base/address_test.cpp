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

}  // namespace
}  // namespace fanlight::base
