// SPDX-License-Identifier: Apache-2.0
// Signing in over the wire, and what the cookie opens then.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace fanlight::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class SignInTest : public ServerFixture {
 protected:
  void SetUp() override {
    core_.access.grants = {{"good", viewGrant("good")}, {"owner", grantOf("owner", {session::Right::Admin})}};
    core_.access.grants["good"].deadline = core_.clock.now() + 60s;
    core_.access.grants["good"].expires = std::chrono::sys_seconds(1'900'000'000s);
    start();
  }
  Answer post(const std::string& path, const std::string& body, std::vector<http::Header> headers = {}) {
    headers.push_back({"Content-Type", "application/json"});
    return ask("POST", path, headers, body);
  }
  Answer logIn(const std::string& token) { return post("/api/v1/login", R"({"token":")" + token + "\"}"); }
  http::Header ownOrigin() const { return {"Origin", "http://" + address_}; }
};

TEST_F(SignInTest, TurnsATokenIntoACookie) {
  const Answer answer = logIn("good");

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"rights":["view"],"name":"name of good","expires":1900000000})"
                         "\n");
  EXPECT_EQ(answer.header("Set-Cookie"), "fanlight-test=good; Max-Age=60; Path=/; HttpOnly; SameSite=Strict");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

TEST_F(SignInTest, LetsTheCookieIn) {
  EXPECT_EQ(ask("GET", "/api/v1/cameras").status, 401);
  EXPECT_EQ(ask("GET", "/api/v1/cameras", {{"Cookie", "fanlight-test=good"}}).status, 200);
  EXPECT_EQ(ask("GET", "/readyz", {{"Cookie", "fanlight-test=good"}}).status, 200);
}

TEST_F(SignInTest, RefusesAWrongTokenWithACodeThatThePageKnows) {
  const Answer answer = logIn("bad");

  EXPECT_EQ(answer.status, 401);
  EXPECT_THAT(answer.body, StartsWith(R"({"code":"unauthorized","message":")"));
  EXPECT_FALSE(answer.has("Set-Cookie"));
  EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
}

TEST_F(SignInTest, RenewsTheCookieThatCame) {
  const Answer answer = post("/api/v1/login", "{}", {{"Cookie", "fanlight-test=owner"}, ownOrigin()});

  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.header("Set-Cookie"), StartsWith("fanlight-test=owner; Max-Age=34560000;"));
}

TEST_F(SignInTest, KeepsAnAdminsCookieWhereAGuestsLinkIsOpened) {
  const Answer answer = post("/api/v1/login", R"({"token":"good"})", {{"Cookie", "fanlight-test=owner"}, ownOrigin()});
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, StartsWith(R"({"rights":["view"])"));
  EXPECT_FALSE(answer.has("Set-Cookie"));
}

TEST_F(SignInTest, ReplacesAGuestsCookie) {
  core_.access.grants["other"] = viewGrant("other");
  for (const char* token : {"owner", "other"}) {
    const Answer answer = post("/api/v1/login", std::string(R"({"token":")") + token + "\"}",
                               {{"Cookie", "fanlight-test=good"}, ownOrigin()});
    EXPECT_THAT(answer.header("Set-Cookie"), StartsWith(std::string("fanlight-test=") + token + ";"));
  }
  EXPECT_TRUE(
      post("/api/v1/login", R"({"token":"good"})", {{"Cookie", "fanlight-test=bad"}, ownOrigin()}).has("Set-Cookie"));
}

TEST_F(SignInTest, TakesNothingFromAnotherPage) {
  EXPECT_EQ(post("/api/v1/login", R"({"token":"good"})", {{"Origin", "http://evil.example"}}).status, 403);
  EXPECT_EQ(post("/api/v1/logout", "{}", {{"Origin", "http://evil.example"}}).status, 403);
  EXPECT_EQ(post("/api/v1/pair", R"({"code":"a"})", {{"Origin", "http://evil.example"}}).status, 403);
}

TEST_F(SignInTest, TakesNoForm) {
  for (const char* type : {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""})
    EXPECT_EQ(ask("POST", "/api/v1/login", {{"Content-Type", type}}, R"({"token":"good"})").status, 415) << type;
}

TEST_F(SignInTest, SaysWhatIsWrongWithABody) {
  EXPECT_EQ(post("/api/v1/login", "good").status, 400);
  EXPECT_THAT(post("/api/v1/login", R"({"token":7})").body, HasSubstr("field 'token' is not a string"));
  EXPECT_EQ(post("/api/v1/pair", "[]").status, 400);
  EXPECT_EQ(logIn(std::string(http::kMaxSignInBytes, 'a')).status, 413);
}

TEST_F(SignInTest, SignsOut) {
  const Answer answer = post("/api/v1/logout", "{}");

  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("Set-Cookie"), "fanlight-test=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict");
}

TEST_F(SignInTest, TellsWhetherACodeIsShown) {
  EXPECT_EQ(ask("GET", "/api/v1/pair").body, "{\"open\":false}\n");
  core_.pairing.code = "K7QFM2XD";
  EXPECT_EQ(ask("GET", "/api/v1/pair").body, "{\"open\":true}\n");
}

TEST_F(SignInTest, MakesAnOwnerOfWhoTypesTheCode) {
  core_.pairing.code = "K7QFM2XD";

  const Answer answer = post("/api/v1/pair", R"({"code":"K7QFM2XD"})");

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"rights":["admin"],"name":"name of owner"})"
                         "\n");
  EXPECT_THAT(answer.header("Set-Cookie"), StartsWith("fanlight-test=owner; "));
}

TEST_F(SignInTest, MakesNoOwnerOfAnybodyElse) {
  EXPECT_EQ(post("/api/v1/pair", R"({"code":"K7QFM2XD"})").status, 403);
  core_.pairing.code = "K7QFM2XD";
  const Answer wrong = post("/api/v1/pair", R"({"code":"AAAAAAAA"})");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_THAT(wrong.body, StartsWith(R"({"code":"wrong-code",)"));
  EXPECT_FALSE(wrong.has("Set-Cookie"));
}

}  // namespace
}  // namespace fanlight::test
