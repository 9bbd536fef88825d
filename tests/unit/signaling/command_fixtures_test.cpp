// SPDX-License-Identifier: Apache-2.0
// Commands against tests/fixtures/commands, which the page's tests read too.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "signaling/command_codec.h"
#include "signaling/names.h"

namespace fanlight::signaling {
namespace {

using namespace std::chrono_literals;
using session::Right;

json::ObjectRef fixtureOf(std::string_view command) {
  std::ifstream file(std::filesystem::path(FIXTURES) / "commands" / (std::string(command) + ".json"));
  auto parsed = json::parseObject(std::string(std::istreambuf_iterator<char>(file), {}));
  EXPECT_TRUE(parsed) << "no fixture of the command '" << command << "'";
  return parsed ? std::move(*parsed) : nullptr;
}

/// A copy, so that one may be taken away.
json::ObjectRef argumentsOf(std::string_view command) {
  const auto fixture = fixtureOf(command);
  JsonObject* arguments = fixture ? json::Reader(fixture.get()).optionalObject("arguments") : nullptr;
  EXPECT_TRUE(arguments) << command;
  auto copy = json::parseObject(arguments ? json::print(arguments) : "{}");
  return std::move(*copy);
}

std::vector<std::string> namesIn(JsonObject* object) {
  std::vector<std::string> names;
  GList* members = json_object_get_members(object);
  for (GList* member = members; member; member = member->next)
    names.emplace_back(static_cast<const char*>(member->data));
  g_list_free(members);
  return names;
}

/// What the fixtures' values say, as the core says it.
std::map<std::string_view, session::CommandValue> values() {
  const session::TokenInfo owner{session::GrantId("t0"), "Owner", {Right::View, Right::Admin}, {}, {}, {}};
  const session::TokenInfo guest{session::GrantId("t1"),
                                 "할머니",
                                 {Right::View, Right::Talk},
                                 std::set{base::CameraId("front-door")},
                                 std::chrono::sys_seconds(1767225600s),
                                 std::chrono::sys_seconds(1767830400s)};
  session::TokenInfo recorder = guest;
  recorder.id = session::GrantId("t2");
  recorder.name = "녹화기";
  recorder.rights = {Right::View};
  recorder.form = session::TokenForm::Key;
  const session::ViewerInfo viewer{session::SessionId("a1b2c3d4e5f6a7b8c9d0e1"),
                                   base::CameraId("front-door"),
                                   guest.id,
                                   guest.name,
                                   session::SourceId("192.0.2.7"),
                                   session::SessionState::Live,
                                   90s};
  return {
      {"share", session::IssuedToken{base::Secret("t2-and-what-makes-it-a-key"), recorder}},
      {"tokens", session::TokenList{{owner, guest, recorder}, owner.id}},
      {"revoke", {}},
      {"viewers", std::vector{viewer}},
      {"end", {}},
      {"listen", {}},
      {"talk", session::Turn{1}},
      {"switch", {}},
      {"answer", {}},
      {"open", {}},
      {"ping", {}},
      {"doctor",
       session::CheckUp{session::CheckUp::State::Running,
                        {{session::Finding::Verdict::Ok,
                          "time",
                          "it is 2026-01-01 00:00:00 UTC by its clock, which is kept right",
                          "",
                          {}},
                         {session::Finding::Verdict::Broken, "turn",
                          "'home' turn:turn.example.org: it refuses the credentials (401) from 192.0.2.1:3478",
                          "see its log", session::FindingCause::SecretDiffers}}}},
  };
}

TEST(CommandFixtures, AreOfEachCommandAndOfNothingElse) {
  std::vector<std::string> commands;
  for (const session::CommandKind& kind : session::kCommandKinds)
    commands.emplace_back(kind.name);
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(FIXTURES) / "commands"))
    if (entry.path().extension() == ".json")
      files.push_back(entry.path().stem());
  EXPECT_THAT(files, ::testing::UnorderedElementsAreArray(commands));
}

TEST(CommandFixtures, HaveArgumentsThatAreRead) {
  for (std::size_t place = 0; place < session::kCommandKinds.size(); ++place) {
    const auto name = session::kCommandKinds[place].name;
    const auto command = readCommand(name, argumentsOf(name).get());
    ASSERT_TRUE(command) << name;
    EXPECT_EQ(command->index(), place) << name;
  }
}

TEST(CommandFixtures, HaveNoArgumentThatIsPassedOver) {
  for (const auto& [name, right] : session::kCommandKinds) {
    const auto all = readCommand(name, argumentsOf(name).get());
    for (const std::string& one : namesIn(argumentsOf(name).get())) {
      const auto arguments = argumentsOf(name);
      json_object_remove_member(arguments.get(), one.c_str());
      const auto without = readCommand(name, arguments.get());
      EXPECT_FALSE(without && *without == *all) << name << " does as well without '" << one << "'";
    }
  }
}

TEST(CommandFixtures, HaveTheValueThatIsWritten) {
  for (const auto& [name, right] : session::kCommandKinds) {
    const auto all = values();
    const auto value = all.find(name);
    ASSERT_NE(value, all.end()) << name;
    const auto fixture = fixtureOf(name);
    JsonObject* expected = json::Reader(fixture.get()).optionalObject("value");
    const auto written = describe(value->second);
    EXPECT_EQ(written ? json::print(written.get()) : "none", expected ? json::print(expected) : "none") << name;
  }
}

/// The page has words for each.
TEST(FindingsFixture, HasTheNamesOfVerdictsAndCausesInTheirOrder) {
  const auto fixture = fixtureOf("../findings");
  json::Reader reader(fixture.get());
  std::vector<std::string> causes;
  for (int cause = 0; cause <= static_cast<int>(session::kLastFindingCause); ++cause)
    causes.emplace_back(toText(static_cast<session::FindingCause>(cause)));
  EXPECT_EQ(reader.texts("causes", 100, 100), causes);
  using Verdict = session::Finding::Verdict;
  std::vector<std::string> verdicts;
  for (const Verdict verdict : {Verdict::Ok, Verdict::Warning, Verdict::Broken, Verdict::Untried})
    verdicts.emplace_back(toText(verdict));
  EXPECT_EQ(reader.texts("verdicts", 4, 100), verdicts);
}

}  // namespace
}  // namespace fanlight::signaling
