// SPDX-License-Identifier: Apache-2.0
// Who may command what, and what comes of it.
#include "session/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/fakes.h"

namespace fanlight::session {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Grant kOwner = test::grantOf("owner", {kRights.begin(), kRights.end()});

class CommandTest : public ::testing::Test {
 protected:
  Answered<CommandValue> run(const Command& command, const Grant& caller = kOwner) {
    return core_.commands.run(command, caller);
  }
  static Command share(std::set<Right> rights, std::optional<std::set<base::CameraId>> cameras = {}) {
    return ShareCommand{{"tablet", std::move(rights), std::move(cameras), {}}};
  }
  void open(const SessionId& id) {
    ASSERT_TRUE(core_.registry.open({id, base::CameraId("front"), "v=0", {}},
                                    {SourceId("192.0.2.1"), test::viewGrant("anyone")}, observer_));
  }

  test::FakeObserver observer_;
  test::FakeCore core_;
};

TEST_F(CommandTest, NeedsItsRight) {
  const std::vector<Command> all{share({Right::View}),
                                 ListTokensCommand{},
                                 RevokeCommand{GrantId("a")},
                                 ListViewersCommand{},
                                 EndCommand{SessionId("a")},
                                 ListenCommand{SessionId("a"), true},
                                 TalkCommand{SessionId("a"), true},
                                 SwitchCommand{SessionId("a"), base::CameraId("garden")},
                                 AnswerCommand{base::InputId("bell")},
                                 OpenCommand{base::OutputId("gate")},
                                 PingCommand{},
                                 DoctorCommand{}};
  ASSERT_EQ(all.size(), kCommandKinds.size());
  for (const Command& command : all) {
    const CommandKind& kind = kCommandKinds[command.index()];
    Grant lacking = kOwner;
    lacking.rights.erase(kind.right);
    const auto refused = run(command, lacking);
    ASSERT_FALSE(refused) << kind.name;
    EXPECT_EQ(refused.error().code, RefusalCode::Forbidden) << kind.name;
  }
  EXPECT_THAT(core_.tokens.requests, IsEmpty());
  EXPECT_THAT(core_.tokens.revoked, IsEmpty());
}

TEST_F(CommandTest, NeedsAGrantThatStands) {
  core_.access.revoked.insert(kOwner.id);
  EXPECT_EQ(run(ListViewersCommand{}).error().code, RefusalCode::Revoked);
}

TEST_F(CommandTest, SharesWhatTheCallerHas) {
  const auto value = run(share({Right::View, Right::Talk}, std::set{base::CameraId("front")}));

  ASSERT_TRUE(value);
  EXPECT_EQ(std::get<IssuedToken>(*value).token.reveal(), "token-1");
  EXPECT_EQ(core_.tokens.requests.at(0).name, "tablet");
}

TEST_F(CommandTest, SharesNothingThatTheCallerLacks) {
  const Grant admin = test::grantOf("admin", {Right::View, Right::Admin});
  EXPECT_EQ(run(share({Right::View, Right::Talk}), admin).error().code, RefusalCode::Forbidden);
  EXPECT_TRUE(run(share({Right::View}), admin));
}

TEST_F(CommandTest, SharesNothingThatOutlastsTheCaller) {
  Grant admin = kOwner;
  admin.expires = std::chrono::sys_seconds(std::chrono::seconds(5000));
  ASSERT_TRUE(run(share({Right::View}), admin));
  ASSERT_TRUE(run(share({Right::View})));

  EXPECT_EQ(core_.tokens.requests.at(0).latestEnd, admin.expires);
  EXPECT_EQ(core_.tokens.requests.at(1).latestEnd, std::nullopt);
}

TEST_F(CommandTest, SharesNoCameraThatIsNotThere) {
  EXPECT_EQ(run(share({Right::View}, std::set{base::CameraId("attic")})).error().code, RefusalCode::UnknownCamera);
}

TEST_F(CommandTest, ListsTokensAndTellsWhichIsTheCallers) {
  ASSERT_TRUE(run(share({Right::View})));
  const auto value = run(ListTokensCommand{});

  const auto& list = std::get<TokenList>(*value);
  EXPECT_EQ(list.tokens.size(), 1U);
  EXPECT_EQ(list.own, kOwner.id);
}

TEST_F(CommandTest, RevokesWhatItIsTold) {
  EXPECT_TRUE(run(RevokeCommand{GrantId("tablet")}));
  EXPECT_THAT(core_.tokens.revoked, ElementsAre(GrantId("tablet")));
}

TEST_F(CommandTest, ListsAndEndsViewers) {
  open(SessionId("a"));
  const auto value = run(ListViewersCommand{});
  ASSERT_EQ(std::get<std::vector<ViewerInfo>>(*value).size(), 1U);

  EXPECT_TRUE(run(EndCommand{SessionId("a")}));

  EXPECT_THAT(observer_.ended, ElementsAre(::testing::Pair(SessionId("a"), EndReason::Ended)));
  EXPECT_EQ(run(EndCommand{SessionId("b")}).error().code, RefusalCode::UnknownSession);
}

TEST_F(CommandTest, OpensForWhoMayOpenWhatThatCameraShows) {
  Grant gardener = test::grantOf("gardener", {Right::View, Right::Open});
  gardener.cameras = std::set{base::CameraId("garden")};
  EXPECT_TRUE(run(OpenCommand{base::OutputId("gate")}, gardener));
  EXPECT_THAT(core_.outputs.opened, ElementsAre("gate by name of gardener"));

  gardener.cameras = std::set{base::CameraId("front")};
  EXPECT_EQ(run(OpenCommand{base::OutputId("gate")}, gardener).error().code, RefusalCode::BadCommand);
  EXPECT_EQ(run(OpenCommand{base::OutputId("attic")}).error().code, RefusalCode::BadCommand);
  EXPECT_EQ(core_.outputs.opened.size(), 1U);
}

TEST_F(CommandTest, TellsThatADoorWasNotOpened) {
  core_.outputs.isAway = true;
  EXPECT_EQ(run(OpenCommand{base::OutputId("gate")}).error().code, RefusalCode::Internal);
}

TEST_F(CommandTest, BeginsACheckUpAndTellsHowFarItIs) {
  EXPECT_EQ(std::get<CheckUp>(*run(DoctorCommand{})).state, CheckUp::State::None);
  EXPECT_THAT(core_.doctor.begun, IsEmpty());

  EXPECT_EQ(std::get<CheckUp>(*run(DoctorCommand{true})).state, CheckUp::State::Running);
  EXPECT_THAT(core_.doctor.begun, ElementsAre("name of owner"));
}

TEST_F(CommandTest, ListensToASessionOfTheCallers) {
  open(SessionId("a"));
  ASSERT_TRUE(run(ListenCommand{SessionId("a"), true}, test::viewGrant("anyone")));
  EXPECT_TRUE(core_.peers.last().isListening);

  ASSERT_TRUE(run(ListenCommand{SessionId("a"), false}, test::viewGrant("anyone")));
  EXPECT_FALSE(core_.peers.last().isListening);
}

TEST_F(CommandTest, DoesNotListenToSomebodyElsesSession) {
  open(SessionId("a"));
  EXPECT_EQ(run(ListenCommand{SessionId("a"), true}).error().code, RefusalCode::UnknownSession);
  EXPECT_FALSE(core_.peers.last().isListening);
}

TEST_F(CommandTest, ListensToNothingWhereThereIsNoSound) {
  open(SessionId("a"));
  core_.peers.last().hasSound = false;
  EXPECT_EQ(run(ListenCommand{SessionId("a"), true}, test::viewGrant("anyone")).error().code, RefusalCode::BadCommand);
}

TEST_F(CommandTest, ListensFromTheOfferOnWhereThatAsksForIt) {
  const auto openTo = [this](const char* id, bool listens) {
    ASSERT_TRUE(core_.registry.open(
        {.session = SessionId(id), .camera = base::CameraId("front"), .sdp = "v=0", .listens = listens},
        {SourceId("192.0.2.1"), test::viewGrant("anyone")}, observer_));
  };
  openTo("a", true);
  EXPECT_TRUE(core_.peers.last().isListening);
  openTo("b", false);
  EXPECT_FALSE(core_.peers.last().isListening);
}

}  // namespace
}  // namespace fanlight::session
