// SPDX-License-Identifier: Apache-2.0
// Every way in is one that is known to the tests of access: tests/fixtures/access/surface.json.
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/route_table.h"
#include "json/read.h"
#include "session/command.h"
#include "signaling/codec.h"

namespace fanlight::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

constexpr std::size_t kMany = 1000;

class Surface : public ::testing::Test {
 protected:
  Surface() {
    std::ifstream file(FIXTURES "/access/surface.json");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    auto parsed = json::parseObject(text);
    EXPECT_TRUE(parsed) << parsed.error().message;
    object_ = std::move(*parsed);
  }

  std::vector<std::string> listed(const char* name, const std::vector<const char*>& fields) const {
    std::vector<std::string> rows;
    for (JsonObject* entry : json::Reader(object_.get()).objects(name, kMany)) {
      std::string row;
      for (const char* field : fields)
        row.append(row.empty() ? "" : " ").append(json::Reader(entry).text(field, kMany));
      rows.push_back(row);
    }
    return rows;
  }
  std::vector<std::string> listedRoutes() const { return listed("routes", {"method", "path", "needs"}); }

  /// What a route needs, as the fixture says it.
  static std::string needsOf(const Route& route) {
    if (route.needs.by == session::TokenForm::Key)
      return "key";
    if (route.needs.right)
      return std::string(session::toText(*route.needs.right));
    if (route.path.find("{session}") != route.path.npos)
      return "capability";
    if (route.path.find("{channel}") != route.path.npos)
      return "opener";
    const bool begins = route.action == Action::OpenSignaling || route.action == Action::OpenHttpSignaling;
    return begins ? "hello" : "public";
  }
  static std::vector<std::string> inCode(std::span<const Route> routes) {
    std::vector<std::string> rows;
    for (const Route& route : routes)
      rows.push_back(std::string(route.method) + " " + std::string(route.path) + " " + needsOf(route));
    return rows;
  }
  /// What the code has and the list lacks.
  std::vector<std::string> unlisted(std::span<const Route> routes) const {
    const auto known = listedRoutes();
    auto rows = inCode(routes);
    std::erase_if(rows, [&known](const std::string& row) { return std::ranges::count(known, row) > 0; });
    return rows;
  }

  json::ObjectRef object_;
};

TEST_F(Surface, HasEveryRoute) {
  EXPECT_THAT(unlisted(routes()), IsEmpty());
  EXPECT_THAT(listedRoutes(), UnorderedElementsAreArray(inCode(routes())));
}

TEST_F(Surface, MissesARouteThatNobodyListed) {
  std::vector<Route> more(routes().begin(), routes().end());
  more.push_back({"/api/v1/dummy", "GET", {session::Right::View, {}}, 0, Action::ListCameras});
  EXPECT_THAT(unlisted(more), ElementsAre("GET /api/v1/dummy view"));
}

TEST_F(Surface, MissesARouteThatNeedsLessThanItDid) {
  std::vector<Route> less(routes().begin(), routes().end());
  const auto cameras = std::ranges::find(less, Action::ListCameras, &Route::action);
  cameras->needs = {std::nullopt, "by an oversight"};
  EXPECT_THAT(unlisted(less), ElementsAre("GET /api/v1/cameras public"));
}

TEST_F(Surface, HasEveryMessage) {
  EXPECT_THAT(json::Reader(object_.get()).texts("messages", kMany, kMany),
              UnorderedElementsAreArray(signaling::viewerMessageTypes()));
}

TEST_F(Surface, HasEveryCommand) {
  std::vector<std::string> inCode;
  for (const session::CommandKind& kind : session::kCommandKinds)
    inCode.push_back(std::string(kind.name) + " " + std::string(session::toText(kind.right)));
  EXPECT_THAT(listed("commands", {"name", "needs"}), UnorderedElementsAreArray(inCode));
}

}  // namespace
}  // namespace fanlight::http
