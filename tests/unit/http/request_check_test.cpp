// SPDX-License-Identifier: Apache-2.0
// What is refused by its head, and how.
#include "http/request_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/fakes.h"
#include "signaling/messages.h"

namespace fanlight::http {
namespace {

using ::testing::Contains;

class RequestCheckTest : public ::testing::Test {
 protected:
  static RequestHead head(std::string method, std::string path, std::vector<Header> headers = {}) {
    headers.push_back({"Host", "cam.example:8080"});
    return RequestHead{std::move(method), std::move(path), "cam.example", std::move(headers)};
  }
  /// The status that the head is refused with; 0: it is let in.
  unsigned statusOf(const RequestHead& asked) {
    const auto admitted = check_.judge(asked, kArrival);
    return admitted ? 0 : admitted.error().status;
  }

  const Arrival kArrival{"192.0.2.1", session::SourceId("192.0.2.9")};
  test::FakeAccess access_;
  RequestCheck check_{HostPolicy({"cam.example"}, "board"), OriginPolicy({"https://home.example:8123"}), access_,
                      "fanlight-porch"};
};

TEST_F(RequestCheckTest, LetsAGoodRequestIn) {
  const auto admitted = check_.judge(head("POST", "/whep/front", {{"Content-Length", "100"}}), kArrival);
  ASSERT_TRUE(admitted);
  EXPECT_EQ(admitted->match.route->action, Action::OpenWhep);
  EXPECT_EQ(admitted->match.camera.value(), "front");
  EXPECT_EQ(admitted->grant.id.value(), "anyone");
}

TEST_F(RequestCheckTest, AsksForTheKeyOfThePathAndForNothingElse) {
  access_.keys["abc"] = test::viewGrant("recorder");
  access_.grants["abc"] = test::viewGrant("another");
  access_.grants["good"] = test::viewGrant("guest");
  const Header bearer{"Authorization", "Bearer good"};
  const Header cookie{"Cookie", "fanlight-porch=good"};

  const auto admitted = check_.judge(head("POST", "/k/abc/whep/front", {bearer}), kArrival);
  ASSERT_TRUE(admitted);
  EXPECT_EQ(admitted->grant.id.value(), "recorder");
  EXPECT_THAT(admitted->headers, Contains(Header{"Cache-Control", "no-store"}));
  for (const char* path : {"/k/good/whep/front", "/k/wrong/whep/front", "/k/-/whep/front"})
    EXPECT_EQ(statusOf(head("GET", path, {bearer, cookie})), 401u) << path;
  EXPECT_EQ(statusOf(head("GET", "/whep/front", {{"Authorization", "Bearer abc"}})), 0u) << "a token of that text";
  access_.grants.erase("abc");
  EXPECT_EQ(statusOf(head("GET", "/whep/front", {{"Authorization", "Bearer abc"}})), 401u);
}

TEST_F(RequestCheckTest, LetsNothingBelowAKeyBeKept) {
  for (const char* path : {"/k/wrong/whep/front", "/k/wrong/nothing", "/k/wrong"})
    for (const char* method : {"GET", "OPTIONS", "POST", "DELETE"}) {
      const auto judged = check_.judge(head(method, path), kArrival);
      EXPECT_THAT(judged ? judged->headers : judged.error().headers, Contains(Header{"Cache-Control", "no-store"}))
          << method << " " << path;
    }
}

TEST_F(RequestCheckTest, RefusesHeadersThatSayTwoThings) {
  EXPECT_EQ(statusOf(head("GET", "/", {{"host", "cam.example:8080"}})), 400u);
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {{"Content-Length", "1"}, {"content-length", "2"}})), 400u);
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {{"Content-Length", "1"}, {"Content-Length", "1"}})), 400u);
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {{"Origin", "http://cam.example:8080"}, {"Origin", "null"}})), 400u);
  EXPECT_EQ(statusOf(head("GET", "/", {{"Accept", "a"}, {"Accept", "b"}})), 0u);
}

TEST_F(RequestCheckTest, RefusesABodyWithoutAPlainLength) {
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {{"Transfer-Encoding", "chunked"}})), 411u);
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {{"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}})), 411u);
  EXPECT_EQ(statusOf(head("GET", "/", {{"Transfer-Encoding", "identity"}})), 411u);
  for (const char* length : {"", "-1", "+5", "5, 5", "0x10", "5 ", "1e3"})
    EXPECT_EQ(statusOf(head("POST", "/whep/front", {{"Content-Length", length}})), 400u) << length;
}

TEST_F(RequestCheckTest, RefusesABodyAboveTheLimitOfItsRoute) {
  const auto post = [this](const std::string& length) {
    return statusOf(head("POST", "/whep/front", {{"Content-Length", length}}));
  };
  EXPECT_EQ(post(std::to_string(signaling::kMaxSdpBytes)), 0u);
  EXPECT_EQ(post(std::to_string(signaling::kMaxSdpBytes + 1)), 413u);
  EXPECT_EQ(post("99999999999999999999999999"), 413u);
  EXPECT_EQ(statusOf(head("GET", "/", {{"Content-Length", "1"}})), 413u);
  EXPECT_EQ(statusOf(head("GET", "/", {{"Content-Length", "0"}})), 0u);
}

TEST_F(RequestCheckTest, KnowsOneExpectation) {
  EXPECT_EQ(statusOf(head("GET", "/", {{"Expect", "100-Continue"}})), 0u);
  EXPECT_EQ(statusOf(head("GET", "/", {{"Expect", "200-ok"}})), 417u);
  EXPECT_EQ(statusOf(head("GET", "/", {{"Expect", ""}})), 417u);
}

TEST_F(RequestCheckTest, RefusesAnotherHost) {
  RequestHead asked = head("GET", "/");
  asked.headers.back().value = asked.targetHost = "evil.example";
  EXPECT_EQ(statusOf(asked), 421u);
  asked.headers.clear();
  EXPECT_EQ(statusOf(asked), 400u) << "without Host";
}

TEST_F(RequestCheckTest, RefusesATargetThatIsNotItsHost) {
  RequestHead asked = head("GET", "/");
  asked.targetHost = "localhost";
  EXPECT_EQ(statusOf(asked), 421u);
  asked.targetHost = "CAM.example";
  EXPECT_EQ(statusOf(asked), 0u);
}

TEST_F(RequestCheckTest, AsksForTheHostBeforeItTellsWhatIsThere) {
  RequestHead asked = head("GET", "/api/v1/cameras");
  asked.headers.back().value = asked.targetHost = "evil.example";
  access_.grants.clear();
  EXPECT_EQ(statusOf(asked), 421u);
}

TEST_F(RequestCheckTest, RefusesMethodsThatAPathDoesNotKnow) {
  const auto refused = check_.judge(head("PUT", "/whep/front"), kArrival);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 405u);
  EXPECT_THAT(refused.error().headers, Contains(Header{"Allow", "GET, HEAD, OPTIONS, POST"}));
  EXPECT_EQ(statusOf(head("OPTIONS", "*")), 404u);
}

TEST_F(RequestCheckTest, RefusesOtherPagesWhereSomethingIsDone) {
  const Header other{"Origin", "http://evil.example"};
  for (const char* origin : {"http://evil.example", "null", "https://cam.example:8080", "http://cam.example"})
    EXPECT_EQ(statusOf(head("POST", "/whep/front", {{"Origin", origin}})), 403u) << origin;
  EXPECT_EQ(statusOf(head("GET", "/api/v1/signaling", {other})), 403u);
  EXPECT_EQ(statusOf(head("DELETE", "/whep/front/0123456789abcdef", {other})), 403u);
  EXPECT_EQ(statusOf(head("PATCH", "/whep/front/0123456789abcdef", {other})), 403u);
}

TEST_F(RequestCheckTest, LetsTheOwnPageAndOtherProgramsAct) {
  const Header own{"Origin", "http://cam.example:8080"};
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {own})), 0u);
  EXPECT_EQ(statusOf(head("GET", "/api/v1/signaling", {own})), 0u);
  EXPECT_EQ(statusOf(head("POST", "/whep/front")), 0u);
}

TEST_F(RequestCheckTest, LetsOtherPagesLookAtWhatABrowserHidesFromThemAnyway) {
  EXPECT_EQ(statusOf(head("GET", "/", {{"Origin", "http://evil.example"}})), 0u);
}

TEST_F(RequestCheckTest, AsksTheAccessPortAsTheTableSays) {
  access_.grants = {{"good", test::grantOf("good", {session::Right::View}, std::set{base::CameraId("front")})},
                    {"talker", test::grantOf("talker", {session::Right::Talk})}};
  const Header good{"Authorization", "Bearer good"};
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {good})), 0u);
  EXPECT_EQ(statusOf(head("POST", "/whep/garden", {good})), 403u);
  EXPECT_EQ(statusOf(head("GET", "/api/v1/cameras", {good})), 0u);
  EXPECT_EQ(statusOf(head("GET", "/api/v1/cameras", {{"Authorization", "Bearer talker"}})), 403u);
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {{"Authorization", "Basic good"}})), 401u);
  EXPECT_EQ(statusOf(head("POST", "/whep/front")), 401u);
}

TEST_F(RequestCheckTest, TellsWhoHasNoTokenThatOneIsWanted) {
  access_.grants.clear();
  const auto refused = check_.judge(head("GET", "/api/v1/cameras"), kArrival);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().headers, Contains(Header{"WWW-Authenticate", "Bearer"}));
}

TEST_F(RequestCheckTest, LetsEverybodyToPublicRoutes) {
  access_.grants.clear();
  for (const char* path : {"/", "/healthz", "/api/v1/signaling", "/api/v1/pair"})
    EXPECT_EQ(statusOf(head("GET", path)), 0u) << path;
  for (const char* path : {"/api/v1/login", "/api/v1/logout", "/api/v1/pair"})
    EXPECT_EQ(statusOf(head("POST", path)), 0u) << path;
  EXPECT_EQ(statusOf(head("DELETE", "/whep/front/0123456789abcdef")), 0u);
}

TEST_F(RequestCheckTest, TakesATokenFromTheDevicesOwnCookie) {
  access_.grants = {{"good", test::viewGrant("good")}};
  const Header own{"Origin", "http://cam.example:8080"};
  const auto cookie = [](const char* value) { return Header{"Cookie", value}; };
  EXPECT_EQ(statusOf(head("GET", "/api/v1/cameras", {cookie("a=b; fanlight-porch=good; c=d")})), 0u);
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {own, cookie("fanlight-porch=good")})), 0u);
  for (const char* value : {"fanlight-porch=bad", "fanlight-other=good", "Fanlight-Porch=good", "fanlight-porch", "",
                            "fanlight-porch=good; fanlight-porch=good", "xfanlight-porch=good", "fanlight-porch=goo"})
    EXPECT_EQ(statusOf(head("GET", "/api/v1/cameras", {cookie(value)})), 401u) << value;
}

TEST_F(RequestCheckTest, HeedsNoCookieThatABrowserSendsForSomebodyElse) {
  access_.grants = {{"good", test::viewGrant("good")}};
  const Header cookie{"Cookie", "fanlight-porch=good"};
  // A state is changed only where the browser says for which page.
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {cookie})), 401u);
  for (const char* site : {"cross-site", "same-site", "", "SAME-ORIGIN"})
    EXPECT_EQ(statusOf(head("GET", "/api/v1/cameras", {cookie, {"Sec-Fetch-Site", site}})), 401u) << site;
  for (const char* site : {"same-origin", "none"})
    EXPECT_EQ(statusOf(head("GET", "/api/v1/cameras", {cookie, {"Sec-Fetch-Site", site}})), 0u) << site;
}

TEST_F(RequestCheckTest, PrefersTheTokenThatAProgramSentOnPurpose) {
  access_.grants = {{"good", test::viewGrant("good")}};
  EXPECT_EQ(
      statusOf(head("GET", "/api/v1/cameras", {{"Cookie", "fanlight-porch=good"}, {"Authorization", "Bearer bad"}})),
      401u);
}

TEST_F(RequestCheckTest, LetsThePagesOfConfiguredSitesActWithATokenOfTheirOwn) {
  access_.grants = {{"good", test::viewGrant("good")}};
  const Header site{"Origin", "https://home.example:8123"};
  const auto admitted = check_.judge(head("POST", "/whep/front", {site, {"Authorization", "Bearer good"}}), kArrival);
  ASSERT_TRUE(admitted);
  EXPECT_THAT(admitted->headers, Contains(Header{"Access-Control-Allow-Origin", "https://home.example:8123"}));
  EXPECT_THAT(admitted->headers, Contains(Header{"Vary", "Origin"}));
  // The cookie is the own page's.
  EXPECT_EQ(statusOf(head("POST", "/whep/front", {site, {"Cookie", "fanlight-porch=good"}})), 401u);
}

TEST_F(RequestCheckTest, TellsThePagesOfConfiguredSitesWhyTheyAreRefused) {
  access_.grants.clear();
  const auto refused =
      check_.judge(head("GET", "/api/v1/cameras", {{"Origin", "https://home.example:8123"}}), kArrival);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 401u);
  EXPECT_THAT(refused.error().headers, Contains(Header{"Access-Control-Allow-Origin", "https://home.example:8123"}));
}

TEST_F(RequestCheckTest, AnswersABrowserThatAsksForTheirs) {
  access_.grants.clear();
  const Header method{"Access-Control-Request-Method", "PATCH"};
  const Header site{"Origin", "https://home.example:8123"};
  const auto answer = check_.judge(head("OPTIONS", "/whep/front/0123456789abcdef", {site, method}), kArrival);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().status, 200u);
  EXPECT_THAT(answer.error().headers,
              Contains(Header{"Access-Control-Allow-Methods", "GET, HEAD, OPTIONS, PATCH, DELETE"}));
  EXPECT_THAT(answer.error().headers,
              Contains(Header{"Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match"}));
  EXPECT_EQ(statusOf(head("OPTIONS", "*", {site, method})), 404u);
}

TEST_F(RequestCheckTest, SaysNothingToThePagesOfOtherSites) {
  for (const char* origin : {"https://home.example", "http://home.example:8123",
                             "https://home.example:8123.evil.example", "https://evil.example", "null", ""}) {
    const auto answer = check_.judge(
        head("OPTIONS", "/api/v1/login", {{"Origin", origin}, {"Access-Control-Request-Method", "POST"}}), kArrival);
    ASSERT_FALSE(answer) << origin;
    EXPECT_EQ(answer.error().status, 405u) << origin;
    for (const Header& header : answer.error().headers)
      EXPECT_FALSE(header.name.starts_with("Access-Control")) << origin;
  }
}

TEST_F(RequestCheckTest, HandsOnWhatAPublicRouteWasSent) {
  const auto admitted = check_.judge(
      head("GET", "/api/v1/signaling", {{"Cookie", "fanlight-porch=good"}, {"Origin", "http://cam.example:8080"}}),
      kArrival);
  ASSERT_TRUE(admitted);
  EXPECT_EQ(admitted->token.reveal(), "good");
}

}  // namespace
}  // namespace fanlight::http
