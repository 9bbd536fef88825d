// SPDX-License-Identifier: Apache-2.0
#include "ice/served.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::ice {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace std::chrono_literals;

TEST(Served, IsReadAsTheDraftHasIt) {
  const auto served = readServed(
      R"({"username":"12334939:mbzrxpgjys","password":"adfsaflsjfldssia","ttl":86400,)"
      R"("uris":["turn:1.2.3.4:9991?transport=udp","turn:1.2.3.4:9992?transport=tcp","turns:1.2.3.4:443?transport=tcp"]})");
  ASSERT_TRUE(served) << served.error().message;
  EXPECT_EQ(served->lifetime, 24h);
  ASSERT_THAT(served->servers, SizeIs(1));
  EXPECT_THAT(served->servers[0].urls, SizeIs(3));
  EXPECT_EQ(served->servers[0].username, "12334939:mbzrxpgjys");
  EXPECT_EQ(served->servers[0].credential.reveal(), "adfsaflsjfldssia");
}

TEST(Served, IsReadAsAListWithAName) {
  const auto served = readServed(
      R"({"iceServers":[{"urls":["stun:stun.example:3478"]},)"
      R"({"urls":["turn:turn.example:3478?transport=udp","turns:turn.example:5349"],"username":"u","credential":"c"}]})");
  ASSERT_TRUE(served) << served.error().message;
  EXPECT_EQ(served->lifetime, 1h) << "which it does not say";
  ASSERT_THAT(served->servers, SizeIs(2));
  EXPECT_EQ(served->servers[0].username, "");
  EXPECT_EQ(served->servers[1].credential.reveal(), "c");
}

TEST(Served, IsReadAsOneWithAName) {
  const auto served =
      readServed(R"({"iceServers":{"urls":["turn:turn.example"],"username":"u","credential":"c"},"ttl":600})");
  ASSERT_TRUE(served) << served.error().message;
  EXPECT_EQ(served->lifetime, 10min);
  EXPECT_THAT(served->servers, SizeIs(1));
}

TEST(Served, IsReadAsABareList) {
  const auto served = readServed(" \n[{\"urls\":\"turn:turn.example\",\"username\":\"u\",\"credential\":\"c\"}]");
  ASSERT_TRUE(served) << served.error().message;
  EXPECT_THAT(served->servers[0].urls, ElementsAre("turn:turn.example"));
}

TEST(Served, LeavesOutWhatNobodyHereKnows) {
  const auto served = readServed(
      R"([{"urls":["turn:turn.example","stuns:stun.example","http://turn.example"],"username":"u","credential":"c"},)"
      R"({"urls":"stuns:stun.example"}])");
  ASSERT_TRUE(served) << served.error().message;
  ASSERT_THAT(served->servers, SizeIs(1));
  EXPECT_THAT(served->servers[0].urls, ElementsAre("turn:turn.example"));
}

TEST(Served, IsNothingElse) {
  for (const char* text :
       {"", "{}", "[]", "null", "<html>", R"({"iceServers":[]})", R"({"iceServers":"turn:turn.example"})",
        R"({"urls":7})", R"({"urls":["turn:turn.example"],"username":7})", R"([{"urls":"http://turn.example"}])",
        R"({"uris":["turn:turn.example"],"username":"u","password":"p","ttl":"soon"})",
        R"({"uris":["turn:turn.example"],"username":"u","password":"p","ttl":0})"})
    EXPECT_FALSE(readServed(text)) << text;
  EXPECT_THAT(readServed(R"({"urls":7})").error().message, HasSubstr("'urls'"));
}

}  // namespace
}  // namespace fanlight::ice
