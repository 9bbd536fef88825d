// SPDX-License-Identifier: Apache-2.0
// Another camera in a session that goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/fakes.h"

namespace fanlight::session {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const base::CameraId kFront("front");
const base::CameraId kGarden("garden");
const SessionId kId("a");

class SessionSwitch : public ::testing::Test {
 protected:
  SessionSwitch() {
    core_.registry.onSwitched([this](const Session& session, const base::CameraId& from) {
      switches_.push_back(from.value() + " to " + session.camera().value());
    });
  }
  // While all that hears of it is still there.
  ~SessionSwitch() override { core_.registry.endAll(EndReason::Shutdown); }

  test::PeerHandle& open(const SessionId& id, const base::CameraId& camera = kFront) {
    EXPECT_TRUE(core_.registry.open({.session = id, .camera = camera, .sdp = "v=0"},
                                    {SourceId("source of " + id.value()), viewer_}, observer_));
    test::PeerHandle& peer = core_.peers.last();
    peer.observer.onAnswer("v=0");
    peer.observer.onProgress(PeerProgress::Secured);
    return peer;
  }
  Answered<CommandValue> change(const base::CameraId& camera, const Grant& grant, const SessionId& id = kId) {
    return core_.commands.run(SwitchCommand{id, camera}, grant);
  }
  Answered<CommandValue> change(const base::CameraId& camera) { return change(camera, viewer_); }
  static RefusalCode codeOf(const Answered<CommandValue>& answered) {
    EXPECT_FALSE(answered);
    return answered ? RefusalCode::Internal : answered.error().code;
  }
  base::CameraId cameraOf(const SessionId& id) {
    for (const ViewerInfo& viewer : core_.registry.viewers())
      if (viewer.session == id)
        return viewer.camera;
    return base::CameraId("none");
  }
  void giveSpeaker(const base::CameraId& camera, const char* audio) {
    CameraInfo info = test::cameraInfo(camera.value());
    info.audio = AudioInfo{base::AudioId(audio), std::nullopt, SoundDeviceInfo{}, {}};
    core_.catalogue.put(info);
  }
  /// A session of "front" whose viewer has its turn at the speaker of "hall".
  test::PeerHandle& openAndTalk(const Grant& grant) {
    viewer_ = grant;
    giveSpeaker(kFront, "hall");
    test::PeerHandle& peer = open(kId);
    EXPECT_TRUE(core_.commands.run(TalkCommand{kId, true}, grant));
    EXPECT_TRUE(peer.isLetTalk);
    return peer;
  }

  Grant viewer_ = test::viewGrant("anyone");
  const Grant talker_ = test::grantOf("talker", {Right::View, Right::Talk});
  test::FakeObserver observer_;
  test::FakeCore core_{{.viewers = 4, .viewersPerCamera = 2, .viewersPerSource = 2}};
  std::vector<std::string> switches_;
};

TEST_F(SessionSwitch, MakesItASessionOfTheOtherCamera) {
  const test::PeerHandle& peer = open(kId);
  ASSERT_TRUE(change(kGarden));
  EXPECT_EQ(peer.camera, kGarden);
  EXPECT_EQ(cameraOf(kId), kGarden);
  EXPECT_THAT(switches_, ElementsAre("front to garden"));
  EXPECT_EQ(core_.registry.admitted(kGarden), 1U);
  EXPECT_EQ(core_.peers.peers.size(), 1U);
  EXPECT_THAT(observer_.ended, IsEmpty());
}

TEST_F(SessionSwitch, IsToldWhenThePicturesAreTheOthers) {
  const test::PeerHandle& peer = open(kId);
  std::vector<std::string> shown;
  const auto subscription = core_.registry.onShown(
      [&shown](const Session& session) { shown.push_back(session.id().value() + " " + session.camera().value()); });
  ASSERT_TRUE(change(kGarden));
  EXPECT_THAT(shown, IsEmpty());
  peer.observer.onShown();
  EXPECT_THAT(shown, ElementsAre("a garden"));
}

TEST_F(SessionSwitch, IsToldOfNoSessionThatHasEnded) {
  const test::PeerHandle& peer = open(kId);
  int shown = 0;
  const auto subscription = core_.registry.onShown([&shown](const Session&) { ++shown; });
  ASSERT_TRUE(change(kGarden));
  ASSERT_TRUE(core_.registry.bye(kId, viewer_));
  peer.observer.onShown();
  EXPECT_EQ(shown, 0);
}

TEST_F(SessionSwitch, IsNotOfSomebodyElsesSession) {
  const test::PeerHandle& peer = open(kId);
  EXPECT_EQ(codeOf(change(kGarden, test::viewGrant("another"))), RefusalCode::UnknownSession);
  EXPECT_EQ(codeOf(change(kGarden, viewer_, SessionId("b"))), RefusalCode::UnknownSession);
  EXPECT_EQ(peer.camera, kFront);
}

TEST_F(SessionSwitch, IsNotOfASessionThatHasEnded) {
  open(kId);
  ASSERT_TRUE(core_.registry.bye(kId, viewer_));
  EXPECT_EQ(codeOf(change(kGarden)), RefusalCode::UnknownSession);
  EXPECT_THAT(switches_, IsEmpty());
}

TEST_F(SessionSwitch, DoesNotSayWhetherACameraExistsThatTheGrantMayNotView) {
  viewer_.cameras = {kFront};
  const test::PeerHandle& peer = open(kId);
  EXPECT_EQ(codeOf(change(kGarden)), RefusalCode::Forbidden);
  EXPECT_EQ(codeOf(change(base::CameraId("attic"))), RefusalCode::Forbidden);
  EXPECT_EQ(peer.camera, kFront);
  EXPECT_EQ(cameraOf(kId), kFront);
}

TEST_F(SessionSwitch, NeedsACameraThatIsThere) {
  open(kId);
  EXPECT_EQ(codeOf(change(base::CameraId("attic"))), RefusalCode::UnknownCamera);
}

TEST_F(SessionSwitch, ToTheSameCameraChangesNothing) {
  open(kId);
  EXPECT_TRUE(change(kFront));
  EXPECT_THAT(switches_, IsEmpty());
  EXPECT_EQ(core_.registry.admitted(kFront), 1U);
}

TEST_F(SessionSwitch, NeedsRoomAtTheOtherCameraAndGivesItsOwnAway) {
  open(SessionId("b"), kGarden);
  open(SessionId("c"), kGarden);
  open(kId);
  EXPECT_EQ(codeOf(change(kGarden)), RefusalCode::Busy);
  EXPECT_EQ(cameraOf(kId), kFront);
  ASSERT_TRUE(change(kFront, viewer_, SessionId("b")));
  EXPECT_TRUE(change(kGarden));
}

TEST_F(SessionSwitch, ThatThePeerCannotDoLeavesEverythingAsItWas) {
  test::PeerHandle& peer = openAndTalk(talker_);
  peer.canShowOthers = false;
  EXPECT_EQ(codeOf(change(kGarden)), RefusalCode::BadCommand);
  EXPECT_EQ(cameraOf(kId), kFront);
  EXPECT_TRUE(peer.isLetTalk);
  EXPECT_THAT(switches_, IsEmpty());
  EXPECT_EQ(core_.registry.admitted(kGarden), 0U);
}

TEST_F(SessionSwitch, EndsATurnToTalkByAnotherSpeaker) {
  const test::PeerHandle& peer = openAndTalk(talker_);
  giveSpeaker(kGarden, "shed");
  std::vector<Floor::Change> told;
  const auto subscription =
      core_.registry.talks().subscribe([&told](const Floor::Change& one) { told.push_back(one); });
  ASSERT_TRUE(change(kGarden));
  EXPECT_FALSE(peer.isLetTalk);
  EXPECT_THAT(told, ElementsAre(Floor::Change{kId, TurnEnd::Released, {}}));
  EXPECT_FALSE(core_.registry.talks().isUsed());
}

TEST_F(SessionSwitch, EndsATurnToTalkWhereTheOtherHasNoSpeaker) {
  const test::PeerHandle& peer = openAndTalk(talker_);
  ASSERT_TRUE(change(kGarden));
  EXPECT_FALSE(peer.isLetTalk);
}

TEST_F(SessionSwitch, LetsATurnGoOnByTheSameSpeaker) {
  const test::PeerHandle& peer = openAndTalk(talker_);
  giveSpeaker(kGarden, "hall");
  ASSERT_TRUE(change(kGarden));
  EXPECT_TRUE(peer.isLetTalk);
  EXPECT_THAT(core_.registry.talks().talkers(base::AudioId("hall")), ElementsAre("name of talker"));
}

TEST_F(SessionSwitch, TellsThePeerWhetherTheViewerMayTalkThere) {
  open(kId).mayTalk = true;
  ASSERT_TRUE(change(kGarden));
  EXPECT_FALSE(core_.peers.last().mayTalk);
  viewer_ = talker_;
  open(SessionId("b"));
  ASSERT_TRUE(change(kGarden, talker_, SessionId("b")));
  EXPECT_TRUE(core_.peers.last().mayTalk);
}

}  // namespace
}  // namespace fanlight::session
