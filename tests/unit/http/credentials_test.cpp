// SPDX-License-Identifier: Apache-2.0
// Which token a request carries, and the cookie that keeps it.
#include "http/credentials.h"

#include <gtest/gtest.h>

namespace fanlight::http {
namespace {

using namespace std::chrono_literals;

std::string tokenIn(std::vector<Header> headers, bool acts = false) {
  return tokenOf(RequestHead{"GET", "/", "", std::move(headers)}, "fanlight-porch", acts).reveal();
}

TEST(Credentials, AreABearersToken) {
  EXPECT_EQ(tokenIn({{"Authorization", "Bearer abc"}}), "abc");
  EXPECT_EQ(tokenIn({{"authorization", "bearer abc"}}, true), "abc");
  EXPECT_EQ(tokenIn({{"Authorization", "Basic abc"}}), "");
  EXPECT_EQ(tokenIn({}), "");
}

TEST(Credentials, AreTheCookieOfTheOwnPage) {
  const Header cookie{"Cookie", "a=1;fanlight-porch=abc ; b=2"};
  EXPECT_EQ(tokenIn({cookie}), "abc");
  EXPECT_EQ(tokenIn({cookie, {"Sec-Fetch-Site", "same-origin"}}), "abc");
  EXPECT_EQ(tokenIn({cookie, {"Sec-Fetch-Site", "none"}}), "abc");
  EXPECT_EQ(tokenIn({cookie, {"Sec-Fetch-Site", "same-site"}}), "");
  EXPECT_EQ(tokenIn({cookie, {"Sec-Fetch-Site", "cross-site"}}), "");
  EXPECT_EQ(tokenIn({cookie, {"Host", "porch"}, {"Origin", "http://home.example"}}), "");
}

TEST(Credentials, OfAnActNeedTheOrigin) {
  const Header cookie{"Cookie", "fanlight-porch=abc"};
  EXPECT_EQ(tokenIn({cookie}, true), "");
  EXPECT_EQ(tokenIn({cookie, {"Host", "porch"}, {"Origin", "http://porch"}}, true), "abc");
  EXPECT_EQ(tokenIn({cookie, {"Host", "porch"}, {"Origin", "http://home.example"}}, true), "");
}

TEST(Credentials, AreNeitherOfTwoCookies) {
  EXPECT_EQ(tokenIn({{"Cookie", "fanlight-porch=abc; fanlight-porch=def"}}), "");
}

TEST(Credentials, AreNeverTheCookieWhereThereIsABearer) {
  EXPECT_EQ(tokenIn({{"Cookie", "fanlight-porch=abc"}, {"Authorization", "Basic def"}}), "");
}

TEST(Cookie, IsOutOfReachOfScriptsAndOtherSites) {
  EXPECT_EQ(setCookie(cookieName("porch"), base::Secret("abc"), 60s, Scheme::Http),
            "fanlight-porch=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Strict");
}

TEST(Cookie, IsKeptForAsLongAsABrowserKeepsAny) {
  for (const auto lifetime : {std::optional<std::chrono::seconds>(), std::optional<std::chrono::seconds>(24h * 4000)})
    EXPECT_EQ(setCookie("a", base::Secret("b"), lifetime, Scheme::Http),
              "a=b; Max-Age=34560000; Path=/; HttpOnly; SameSite=Strict");
}

TEST(Cookie, IsRemovedByOneThatHasEnded) {
  EXPECT_EQ(clearCookie("a", Scheme::Http), "a=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict");
}

TEST(Cookie, IsForHttpsOnlyWhereItWasGivenOverHttps) {
  EXPECT_TRUE(setCookie("a", base::Secret("b"), 60s, Scheme::Https).ends_with("; Secure"));
  EXPECT_TRUE(clearCookie("a", Scheme::Https).ends_with("; Secure"));
}

}  // namespace
}  // namespace fanlight::http
