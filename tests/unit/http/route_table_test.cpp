// SPDX-License-Identifier: Apache-2.0
// Which path and method lead where.
#include "http/route_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/request_check.h"

namespace fanlight::http {
namespace {

struct RouteRow {
  const char* path;
  const char* method;
  Action action;
};

class RouteTable : public ::testing::TestWithParam<RouteRow> {};

TEST_P(RouteTable, LeadsToItsAction) {
  const auto found = findRoute(GetParam().path, GetParam().method);
  const auto* match = std::get_if<RouteMatch>(&found);
  ASSERT_TRUE(match) << GetParam().method << " " << GetParam().path;
  EXPECT_EQ(match->route->action, GetParam().action) << GetParam().method << " " << GetParam().path;
}

INSTANTIATE_TEST_SUITE_P(
    Routes, RouteTable,
    ::testing::Values(
        RouteRow{"/healthz", "GET", Action::ReportHealth}, RouteRow{"/healthz", "HEAD", Action::ReportHealth},
        RouteRow{"/readyz", "GET", Action::ReportReadiness}, RouteRow{"/api/v1/cameras", "GET", Action::ListCameras},
        RouteRow{"/api/v1/signaling", "GET", Action::OpenSignaling},
        RouteRow{"/api/v1/signaling", "POST", Action::OpenHttpSignaling},
        RouteRow{"/api/v1/signaling/0123", "POST", Action::ReceiveSignaling},
        RouteRow{"/api/v1/signaling/0123", "DELETE", Action::CloseSignaling},
        RouteRow{"/whep/front", "GET", Action::DescribeWhep}, RouteRow{"/whep/front", "HEAD", Action::DescribeWhep},
        RouteRow{"/whep/front", "OPTIONS", Action::DescribeWhep}, RouteRow{"/whep/front", "POST", Action::OpenWhep},
        // copied with a slash at its end
        RouteRow{"/whep/front/", "OPTIONS", Action::DescribeWhep}, RouteRow{"/whep/front/", "POST", Action::OpenWhep},
        RouteRow{"/k/abc/whep/front", "GET", Action::DescribeWhep},
        RouteRow{"/k/abc/whep/front", "OPTIONS", Action::DescribeWhep},
        RouteRow{"/k/abc/whep/front", "POST", Action::OpenWhep},
        RouteRow{"/k/abc/whep/front/", "POST", Action::OpenWhep},
        RouteRow{"/whep/front/0123456789abcdef", "OPTIONS", Action::DescribeWhepSession},
        RouteRow{"/whep/front/0123456789abcdef", "PATCH", Action::TrickleWhep},
        RouteRow{"/whep/front/0123456789abcdef", "DELETE", Action::EndWhep}, RouteRow{"/", "GET", Action::SendPageFile},
        RouteRow{"/viewer.js", "HEAD", Action::SendPageFile}, RouteRow{"/assets/icon.svg", "GET", Action::SendPageFile},
        // not of the table, so the page's: where there is no such file
        RouteRow{"/healthz/", "GET", Action::SendPageFile}, RouteRow{"/whep", "GET", Action::SendPageFile},
        RouteRow{"/whep/", "GET", Action::SendPageFile}, RouteRow{"/whep/front//", "GET", Action::SendPageFile},
        RouteRow{"/k/abc", "GET", Action::SendPageFile}, RouteRow{"/k/abc/api/v1/cameras", "GET", Action::SendPageFile},
        RouteRow{"/k//whep/front", "GET", Action::SendPageFile},
        RouteRow{"/k/abc/whep/front/0123456789abcdef", "GET", Action::SendPageFile},
        RouteRow{"/whep/front/0123456789abcdef/x", "GET", Action::SendPageFile}));

struct WrongMethodRow {
  const char* path;
  const char* method;
  const char* allow;
};

class WrongMethod : public ::testing::TestWithParam<WrongMethodRow> {};

TEST_P(WrongMethod, LearnsWhatIsAllowed) {
  const auto found = findRoute(GetParam().path, GetParam().method);
  const auto* wrong = std::get_if<MethodNotAllowed>(&found);
  ASSERT_TRUE(wrong) << GetParam().method << " " << GetParam().path;
  EXPECT_EQ(wrong->allow, GetParam().allow) << GetParam().path;
}

INSTANTIATE_TEST_SUITE_P(
    Routes, WrongMethod,
    ::testing::Values(WrongMethodRow{"/healthz", "POST", "GET, HEAD"},
                      WrongMethodRow{"/api/v1/cameras", "DELETE", "GET, HEAD"},
                      WrongMethodRow{"/api/v1/signaling", "CONNECT", "GET, HEAD, POST"},
                      WrongMethodRow{"/api/v1/signaling/x", "GET", "POST, DELETE"},
                      WrongMethodRow{"/whep/front", "PUT", "GET, HEAD, OPTIONS, POST"},
                      WrongMethodRow{"/whep/front/0123456789abcdef", "POST", "GET, HEAD, OPTIONS, PATCH, DELETE"},
                      WrongMethodRow{"/k/abc/whep/front", "DELETE", "GET, HEAD, OPTIONS, POST"},
                      WrongMethodRow{"/k/abc/whep/front/0123456789abcdef", "DELETE", "GET, HEAD"},
                      WrongMethodRow{"/", "POST", "GET, HEAD"}, WrongMethodRow{"/", "get", "GET, HEAD"},
                      WrongMethodRow{"/", "BREW", "GET, HEAD"}, WrongMethodRow{"/viewer.js", "PUT", "GET, HEAD"}));

TEST(RouteParameters, AreTakenFromThePath) {
  const auto found = findRoute("/whep/front-door/0123456789abcdef", "DELETE");
  EXPECT_EQ(std::get<RouteMatch>(found).camera.value(), "front-door");
  EXPECT_EQ(std::get<RouteMatch>(found).session.value(), "0123456789abcdef");
}

TEST(RouteParameters, StayEmptyWhereTheyCannotBeIds) {
  const auto found = findRoute("/whep/Front Door/short", "DELETE");
  EXPECT_EQ(std::get<RouteMatch>(found).route->action, Action::EndWhep);
  EXPECT_TRUE(std::get<RouteMatch>(found).camera.empty());
  EXPECT_TRUE(std::get<RouteMatch>(found).session.empty());
}

TEST(RouteParameters, AreNeverEmptySegments) {
  EXPECT_EQ(std::get<RouteMatch>(findRoute("/whep//x", "GET")).route->action, Action::SendPageFile);
}

TEST(RouteParameters, HaveAKeyOnlyBelowItsPrefix) {
  const auto found = findRoute("/k/abc/whep/front", "POST");
  EXPECT_EQ(std::get<RouteMatch>(found).key.reveal(), "abc");
  EXPECT_EQ(std::get<RouteMatch>(found).camera.value(), "front");
  EXPECT_EQ(std::get<RouteMatch>(found).route->needs.by, session::TokenForm::Key);
  EXPECT_TRUE(std::get<RouteMatch>(findRoute("/whep/front", "POST")).key.empty());
}

TEST(Keys, AreTakenOutOfAPathThatLeadsWhereItLed) {
  EXPECT_EQ(withoutKey("/k/abc/whep/front"), "/k/-/whep/front");
  EXPECT_EQ(allowedMethods(withoutKey("/k/abc/whep/front")), allowedMethods("/k/abc/whep/front"));
  EXPECT_EQ(withoutKey("/k/abc"), "/k/-");
  EXPECT_EQ(withoutKey("/k/"), "/k/-");
  EXPECT_EQ(withoutKey("/whep/front"), "/whep/front");
  EXPECT_EQ(withoutKey("/key/abc/x"), "/key/abc/x");
}

TEST(Routes, KnowNothingThatIsNotAPath) {
  EXPECT_TRUE(std::holds_alternative<NoSuchPath>(findRoute("*", "OPTIONS")));
  EXPECT_TRUE(std::holds_alternative<NoSuchPath>(findRoute("", "GET")));
}

TEST(Routes, EachSayWhoMayOrWhyEverybodyMay) {
  for (const Route& route : routes())
    EXPECT_NE(route.needs.right.has_value(), !route.needs.publicBecause.empty()) << route.path;
}

TEST(Routes, AreClosedButForThese) {
  std::vector<std::string> open;
  for (const Route& route : routes())
    if (!route.needs.right)
      open.push_back(std::string(route.method) + " " + std::string(route.path));

  EXPECT_THAT(open,
              ::testing::UnorderedElementsAre("GET /healthz", "POST /api/v1/login", "POST /api/v1/logout",
                                              "GET /api/v1/pair", "POST /api/v1/pair", "GET /{file}",
                                              // Its first message brings the token.
                                              "GET /api/v1/signaling", "POST /api/v1/signaling",
                                              "POST /api/v1/signaling/{channel}", "DELETE /api/v1/signaling/{channel}",
                                              // Behind an address that nobody guesses.
                                              "GET /whep/{camera}/{session}", "OPTIONS /whep/{camera}/{session}",
                                              "PATCH /whep/{camera}/{session}", "DELETE /whep/{camera}/{session}"));
}

TEST(Routes, TakeNoBodyBeyondTheServersLimit) {
  for (const Route& route : routes()) {
    EXPECT_LE(route.bodyLimit, kMaxBodyBytes) << route.path;
    const bool takesBody = route.method == "POST" || route.method == "PATCH";
    EXPECT_EQ(route.bodyLimit > 0, takesBody) << route.path;
  }
}

}  // namespace
}  // namespace fanlight::http
