// SPDX-License-Identifier: Apache-2.0
// Every right has its place in the lists: those of the code, and tests/fixtures/access/rights.json.
#include "session/right.h"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "json/read.h"

namespace fanlight::session {
namespace {

constexpr std::size_t kMany = 100;

TEST(Right, IsInTheListOfAll) {
  for (std::size_t place = 0; place < kRights.size(); ++place)
    EXPECT_EQ(static_cast<std::size_t>(kRights[place]), place);
  EXPECT_EQ(toText(static_cast<Right>(kRights.size())), "") << "one that is not in kRights";
}

TEST(Right, IsReadByItsName) {
  for (const Right right : kRights)
    EXPECT_EQ(parseRight(toText(right)), right);
  EXPECT_EQ(parseRight(""), std::nullopt);
  EXPECT_EQ(parseRight("View"), std::nullopt);
  EXPECT_EQ(rightNames(), "view, talk, open, control, record, admin, metrics");
}

TEST(Right, IsOfWhatTheFixtureSays) {
  std::ifstream file(FIXTURES "/access/rights.json");
  const auto parsed = json::parseObject(std::string(std::istreambuf_iterator<char>(file), {}));
  ASSERT_TRUE(parsed) << parsed.error().message;
  std::vector<std::string> listed;
  for (JsonObject* entry : json::Reader(parsed->get()).objects("rights", kMany))
    listed.push_back(json::Reader(entry).text("name", kMany) + " of " + json::Reader(entry).text("of", kMany));
  std::vector<std::string> inCode;
  for (const Right right : kRights)
    inCode.push_back(std::string(toText(right)) + (isOfDevice(right) ? " of device" : " of camera"));
  EXPECT_EQ(inCode, listed);
}

}  // namespace
}  // namespace fanlight::session
