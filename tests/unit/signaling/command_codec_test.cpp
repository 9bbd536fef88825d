// SPDX-License-Identifier: Apache-2.0
// The arguments of commands as they are read, and their values as they are written.
#include "signaling/command_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::signaling {
namespace {

using namespace std::chrono_literals;
using session::Right;

tl::expected<session::Command, CommandFault> read(std::string_view name, std::string_view arguments) {
  const auto object = json::parseObject(arguments);
  EXPECT_TRUE(object) << arguments;
  return readCommand(name, object ? object->get() : nullptr);
}

template <class Command>
Command get(std::string_view name, std::string_view arguments) {
  const auto command = read(name, arguments);
  EXPECT_TRUE(command) << name;
  return command ? std::get<Command>(*command) : Command{};
}

std::string faultOf(std::string_view name, std::string_view arguments) {
  const auto command = read(name, arguments);
  if (command)
    return "none";
  const auto* fault = std::get_if<json::Fault>(&command.error());
  return fault ? fault->field + " " + fault->why : "unknown";
}

std::string written(const session::CommandValue& value) {
  const auto object = describe(value);
  return object ? json::print(object.get()) : "";
}

TEST(CommandCodec, ReadsWhatIsToBeShared) {
  const auto share = get<session::ShareCommand>(
      "share", R"({"name":"tablet","rights":["view","talk"],"cameras":["front"],"seconds":3600})");
  EXPECT_EQ(share.request.name, "tablet");
  EXPECT_EQ(share.request.rights, (std::set{Right::View, Right::Talk}));
  EXPECT_EQ(share.request.cameras, std::set{base::CameraId("front")});
  EXPECT_EQ(share.request.lifetime, 1h);

  const auto forAll = get<session::ShareCommand>("share", R"({"name":"tablet","rights":["view"]})");
  EXPECT_EQ(forAll.request.cameras, std::nullopt);
  EXPECT_EQ(forAll.request.lifetime, std::nullopt);
  EXPECT_EQ(forAll.request.form, session::TokenForm::Link);
  EXPECT_EQ(get<session::ShareCommand>("share", R"({"name":"a","rights":["view"],"form":"link"})").request.form,
            session::TokenForm::Link);
  EXPECT_EQ(get<session::ShareCommand>("share", R"({"name":"a","rights":["view"],"form":"key"})").request.form,
            session::TokenForm::Key);
}

TEST(CommandCodec, ReadsTheOthers) {
  EXPECT_EQ(get<session::RevokeCommand>("revoke", R"({"token":"abc"})").token.value(), "abc");
  EXPECT_EQ(get<session::EndCommand>("end", R"({"session":"abc"})").session.value(), "abc");
  EXPECT_TRUE(get<session::ListenCommand>("listen", R"({"session":"abc"})").isWanted);
  EXPECT_FALSE(get<session::ListenCommand>("listen", R"({"session":"abc","on":false})").isWanted);
  const auto change = get<session::SwitchCommand>("switch", R"({"session":"abc","camera":"garden"})");
  EXPECT_EQ(change.session.value(), "abc");
  EXPECT_EQ(change.camera.value(), "garden");
  get<session::ListTokensCommand>("tokens", "{}");
  EXPECT_TRUE(readCommand("viewers", nullptr));
}

TEST(CommandCodec, BlamesTheArgumentThatIsWrong) {
  EXPECT_EQ(faultOf("share", "{}"), "name is missing");
  EXPECT_EQ(faultOf("share", R"({"name":"a"})"), "rights is missing");
  EXPECT_EQ(faultOf("share", R"({"name":"a","rights":["fly"]})"), "rights holds 'fly', which is no right");
  EXPECT_EQ(faultOf("share", R"({"name":"a","rights":["view"],"cameras":"front"})"), "cameras is not a list");
  EXPECT_EQ(faultOf("share", R"({"name":"a","rights":["view"],"seconds":0})"),
            "seconds is not a whole number from 1 to 316224000");
  EXPECT_EQ(faultOf("share", R"({"name":"a","rights":["view"],"form":"door"})"), "form is neither 'link' nor 'key'");
  EXPECT_EQ(faultOf("share", R"({"name":"a","rights":["view"],"form":1})"), "form is not a string");
  EXPECT_EQ(faultOf("revoke", "{}"), "token is missing");
  EXPECT_EQ(faultOf("end", R"({"session":1})"), "session is not a string");
  EXPECT_EQ(faultOf("listen", R"({"session":"a","on":"yes"})"), "on is neither true nor false");
  EXPECT_EQ(faultOf("talk", R"({"session":"a","on":1})"), "on is neither true nor false");
  EXPECT_EQ(faultOf("talk", R"({"session":"a"})"), "on is missing");
  EXPECT_EQ(faultOf("switch", R"({"session":"a"})"), "camera is missing");
  EXPECT_EQ(faultOf("dance", "{}"), "unknown");
}

TEST(CommandCodec, WritesATokenOnceAndItsDescriptionAlways) {
  session::TokenInfo info{session::GrantId("abc"),
                          "tablet",
                          {Right::View},
                          std::set{base::CameraId("front")},
                          std::chrono::sys_seconds(5s),
                          std::chrono::sys_seconds(9s)};
  EXPECT_EQ(written(session::IssuedToken{base::Secret("secret"), info}),
            R"({"id":"abc","name":"tablet","rights":["view"],"cameras":["front"],"created":5,"expires":9,)"
            R"("token":"secret"})");
  session::TokenInfo own{session::GrantId("def"), "owner", {Right::Admin}, {}, {}, {}};
  EXPECT_EQ(written(session::TokenList{{info, own}, own.id}),
            R"({"tokens":[{"id":"abc","name":"tablet","rights":["view"],"cameras":["front"],"created":5,"expires":9,)"
            R"("own":false},{"id":"def","name":"owner","rights":["admin"],"own":true}]})");
}

TEST(CommandCodec, WritesWhoIsThere) {
  const session::ViewerInfo viewer{session::SessionId("s"),
                                   base::CameraId("front"),
                                   session::GrantId("abc"),
                                   "tablet",
                                   session::SourceId("192.0.2.1"),
                                   session::SessionState::Live,
                                   1500ms};
  EXPECT_EQ(written(std::vector{viewer}),
            R"({"viewers":[{"session":"s","camera":"front","token":"abc","name":"tablet","source":"192.0.2.1",)"
            R"("state":"live","seconds":1}]})");
  EXPECT_EQ(written({}), "");
}

}  // namespace
}  // namespace fanlight::signaling
