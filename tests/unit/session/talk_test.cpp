// SPDX-License-Identifier: Apache-2.0
// Turns to talk and the sessions that have them.
#include "session/talk.h"

#include <gmock/gmock.h>

#include "session/fakes.h"

namespace fanlight::session {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Sessions of "front", which has a speaker, and of "garden", which has none.
class TalkTest : public ::testing::Test {
 protected:
  TalkTest() {
    CameraInfo front = test::cameraInfo("front");
    front.audio = AudioInfo{base::AudioId("hall"), std::nullopt, SoundDeviceInfo{}, {}};
    core_.catalogue.put(front);
    core_.registry.talks().onTalkers(
        [this](const base::AudioId& audio) { changes_.push_back(core_.registry.talks().talkers(audio)); });
    subscription_ = core_.registry.talks().subscribe([this](const Floor::Change& change) { told_.push_back(change); });
  }

  // While all that hears of it is still there.
  ~TalkTest() override { core_.registry.endAll(EndReason::Shutdown); }

  test::PeerHandle& openAs(const std::string& id, const Grant& grant, const char* camera = "front") {
    EXPECT_TRUE(core_.registry.open({.session = SessionId(id), .camera = base::CameraId(camera), .sdp = "v=0"},
                                    {SourceId("here"), grant}, observer_));
    test::PeerHandle& peer = core_.peers.last();
    peer.observer.onAnswer("v=0");
    peer.observer.onProgress(PeerProgress::Secured);
    return peer;
  }
  test::PeerHandle& open(const std::string& id) { return openAs(id, talker(id)); }
  static Grant talker(const std::string& id) { return test::grantOf(id, {Right::View, Right::Talk}); }
  static Grant owner() { return test::grantOf("owner", {Right::View, Right::Talk, Right::Admin}); }

  /// What the command `talk` is answered with, for a session of the grant of its name.
  Answered<CommandValue> ask(const std::string& id, bool isWanted = true) {
    return core_.commands.run(TalkCommand{SessionId(id), isWanted}, talker(id));
  }
  RefusalCode refusalOf(const std::string& id, const Grant& grant) {
    const auto answered = core_.commands.run(TalkCommand{SessionId(id), true}, grant);
    return answered ? RefusalCode::Internal : answered.error().code;
  }
  static Turn turnIn(const Answered<CommandValue>& answered) { return std::get<Turn>(*answered); }

  test::FakeObserver observer_;
  test::FakeCore core_;
  std::vector<std::vector<std::string>> changes_;
  std::vector<Floor::Change> told_;
  Subscription subscription_;
};

TEST_F(TalkTest, LetsOneTalkAndAnotherWait) {
  const test::PeerHandle& one = open("one");
  const test::PeerHandle& two = open("two");
  EXPECT_TRUE(turnIn(ask("one")).isGranted());
  EXPECT_EQ(turnIn(ask("two")), Turn{1});
  EXPECT_TRUE(one.isLetTalk);
  EXPECT_FALSE(two.isLetTalk);
  EXPECT_THAT(changes_, ElementsAre(ElementsAre("name of one")));
  EXPECT_THAT(told_, IsEmpty()) << "the answers have told it";
}

TEST_F(TalkTest, LetsTheNextTalkWhenSomebodyGivesItBack) {
  const test::PeerHandle& one = open("one");
  const test::PeerHandle& two = open("two");
  ask("one");
  ask("two");
  ASSERT_TRUE(ask("one", false));
  EXPECT_FALSE(one.isLetTalk);
  EXPECT_TRUE(two.isLetTalk);
  EXPECT_THAT(told_, ElementsAre(Floor::Change{SessionId("one"), TurnEnd::Released, {}},
                                 Floor::Change{SessionId("two"), std::nullopt, {}}));
  EXPECT_THAT(changes_.back(), ElementsAre("name of two"));
}

TEST_F(TalkTest, LetsTheNextTalkWhenASessionEnds) {
  open("one");
  const test::PeerHandle& two = open("two");
  ask("one");
  ask("two");
  ASSERT_TRUE(core_.registry.bye(SessionId("one"), talker("one")));
  EXPECT_TRUE(two.isLetTalk);
}

TEST_F(TalkTest, LetsTheNextTalkWithinASecondWhenSomebodyHasVanished) {
  test::PeerHandle& one = open("one");
  const test::PeerHandle& two = open("two");
  ask("one");
  ask("two");
  one.activity.lastVoice = core_.clock.now();
  for (milliseconds passed{}; !two.isLetTalk && passed < milliseconds(2000); passed += milliseconds(200)) {
    core_.clock.advance(milliseconds(200));
    core_.registry.talks().tick();
    const bool isInTime = !two.isLetTalk || passed < milliseconds(1000);
    EXPECT_TRUE(isInTime);
  }
  EXPECT_TRUE(two.isLetTalk);
  EXPECT_FALSE(one.isLetTalk);
}

TEST_F(TalkTest, IsTakenOverByTheOwner) {
  const test::PeerHandle& one = open("one");
  ask("one");
  const test::PeerHandle& owners = openAs("owners", owner());
  EXPECT_TRUE(turnIn(core_.commands.run(TalkCommand{SessionId("owners"), true}, owner())).isGranted());
  EXPECT_FALSE(one.isLetTalk);
  EXPECT_TRUE(owners.isLetTalk);
  EXPECT_THAT(told_, ElementsAre(Floor::Change{SessionId("one"), TurnEnd::Preempted, {}}));
}

TEST_F(TalkTest, IsRefusedWithoutTheRight) {
  const test::PeerHandle& peer = openAs("viewer", test::viewGrant("viewer"));
  EXPECT_FALSE(peer.mayTalk);
  EXPECT_EQ(refusalOf("viewer", test::viewGrant("viewer")), RefusalCode::Forbidden);
  EXPECT_FALSE(core_.registry.talks().isUsed());
}

TEST_F(TalkTest, IsRefusedInASessionOfAnother) {
  open("one");
  EXPECT_EQ(refusalOf("one", talker("two")), RefusalCode::UnknownSession);
}

TEST_F(TalkTest, IsRefusedAtACameraWithoutASpeaker) {
  openAs("one", talker("one"), "garden");
  const auto answered = ask("one");
  ASSERT_FALSE(answered);
  EXPECT_EQ(answered.error().code, RefusalCode::BadCommand);
  EXPECT_EQ(answered.error().message, "camera 'garden' has no speaker: nobody would hear it");
}

TEST_F(TalkTest, IsRefusedWhereTheOfferHasNoWayForIt) {
  open("one").hasSound = false;
  EXPECT_EQ(refusalOf("one", talker("one")), RefusalCode::BadCommand);
  EXPECT_FALSE(core_.registry.talks().isUsed());
}

TEST_F(TalkTest, IsRefusedBeforeTheCertificateHasBeenVerified) {
  EXPECT_TRUE(core_.registry.open({.session = SessionId("one"), .camera = base::CameraId("front"), .sdp = "v=0"},
                                  {SourceId("here"), talker("one")}, observer_));
  EXPECT_EQ(refusalOf("one", talker("one")), RefusalCode::BadCommand);
}

TEST_F(TalkTest, HasNothingToGiveBackWhereThereIsNoTurn) {
  open("one");
  EXPECT_TRUE(ask("one", false));
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(TalkTest, IsOfEachSpeakerItsOwn) {
  CameraInfo garden = test::cameraInfo("garden");
  garden.audio = AudioInfo{base::AudioId("shed"), std::nullopt, SoundDeviceInfo{}, {}};
  core_.catalogue.put(garden);
  open("one");
  openAs("two", talker("two"), "garden");
  EXPECT_TRUE(turnIn(ask("one")).isGranted());
  EXPECT_TRUE(turnIn(ask("two")).isGranted());
}

TEST_F(TalkTest, OfTenWhoAskIsGrantedToEachInTheOrderInWhichTheyAsked) {
  std::vector<std::string> ids;
  for (int i = 0; i < 10; ++i) {
    ids.push_back("viewer" + std::to_string(i));
    open(ids.back());
    EXPECT_EQ(turnIn(ask(ids.back())), Turn{i});
  }
  for (const std::string& id : ids) {
    EXPECT_THAT(core_.registry.talks().talkers(base::AudioId("hall")), ElementsAre("name of " + id));
    ASSERT_TRUE(ask(id, false));
  }
  EXPECT_FALSE(core_.registry.talks().isUsed());
}

}  // namespace
}  // namespace fanlight::session
