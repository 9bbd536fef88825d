// SPDX-License-Identifier: Apache-2.0
// How sessions end, who hears of it, and what may happen inside those calls.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/fakes.h"
#include "session/registry.h"

namespace fanlight::session {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using namespace std::chrono_literals;

const SessionId kA("a");
const SessionId kB("b");

class SessionRegistryEnd : public ::testing::Test {
 protected:
  void open(const SessionId& id, const Grant& grant = test::viewGrant("anyone")) {
    ASSERT_TRUE(tryOpen(id, grant)) << id.value();
  }
  Answered<void> tryOpen(const SessionId& id, const Grant& grant) {
    return registry().open({id, base::CameraId("front"), "v=0", {}}, {SourceId("source"), grant}, observer_);
  }
  void openLive(const SessionId& id) {
    open(id);
    peer().observer.onAnswer("answer");
    peer().observer.onProgress(PeerProgress::Secured);
  }
  Answered<void> bye(const SessionId& id, const std::string& grant = "anyone") {
    return registry().bye(id, test::viewGrant(grant));
  }
  Registry& registry() { return core_.registry; }
  test::PeerHandle& peer() { return core_.peers.last(); }

  test::FakeObserver observer_;
  test::FakeCore core_;
};

TEST_F(SessionRegistryEnd, EndsASessionThatSaysBye) {
  openLive(kA);
  EXPECT_TRUE(bye(kA));
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::Left)));
  EXPECT_EQ(peer().closeCalls, 1);
}

TEST_F(SessionRegistryEnd, RemovesASessionWhenItsPeerIsGone) {
  openLive(kA);
  ASSERT_TRUE(bye(kA));
  EXPECT_EQ(registry().occupied(), 1);
  peer().finishClosing();
  EXPECT_EQ(registry().occupied(), 0);
  EXPECT_TRUE(peer().destroyed);
}

TEST_F(SessionRegistryEnd, RefusesByeOfAnotherGrant) {
  openLive(kA);
  const auto ended = bye(kA, "mallory");
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, RefusalCode::UnknownSession);
  EXPECT_EQ(registry().active(), 1);
}

TEST_F(SessionRegistryEnd, RefusesByeOfAnUnknownSession) {
  ASSERT_FALSE(bye(kA));
  EXPECT_EQ(bye(kA).error().code, RefusalCode::UnknownSession);
}

TEST_F(SessionRegistryEnd, TakesASecondByeWithoutEndingTwice) {
  openLive(kA);
  EXPECT_TRUE(bye(kA));
  EXPECT_TRUE(bye(kA));
  EXPECT_EQ(observer_.ended.size(), 1U);
  EXPECT_EQ(peer().closeCalls, 1);
}

TEST_F(SessionRegistryEnd, EndsASessionWhosePeerFailed) {
  openLive(kA);
  peer().observer.onFailed(EndReason::FingerprintMismatch, "sha-256 differs");
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::FingerprintMismatch)));
  EXPECT_EQ(peer().closeCalls, 1);
}

TEST_F(SessionRegistryEnd, TellsTheEndedHandlerBeforeTheObserverAndOnce) {
  std::vector<std::string> order;
  registry().onEnded([&](const Session& session, EndReason, const std::string& detail) {
    order.push_back("handler " + session.id().value() + " " + detail);
  });
  observer_.whenEnded = [&](const Session&) { order.emplace_back("observer"); };
  openLive(kA);
  peer().observer.onFailed(EndReason::IceFailed, "no pair");
  peer().observer.onFailed(EndReason::IceFailed, "no pair");
  EXPECT_THAT(order, ElementsAre("handler a no pair", "observer"));
}

TEST_F(SessionRegistryEnd, EndsByTickWhatMadeNoProgressForTenSeconds) {
  open(kA);
  core_.clock.advance(10s);
  registry().tick();
  EXPECT_THAT(observer_.ended, IsEmpty());
  core_.clock.advance(1s);
  registry().tick();
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::ConnectTimeout)));
}

TEST_F(SessionRegistryEnd, EndsByTickWhatDidNotConnectWithinThirtySeconds) {
  open(kA);
  peer().observer.onAnswer("answer");
  for (int second = 1; second <= 31; ++second) {
    EXPECT_THAT(observer_.ended, IsEmpty()) << second;
    core_.clock.advance(1s);
    peer().observer.onProgress(PeerProgress::IceChecking);
    registry().tick();
  }
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::ConnectTimeout)));
}

TEST_F(SessionRegistryEnd, EndsByTickWhatStoppedSendingRtcp) {
  openLive(kA);
  peer().activity.sendingSince = core_.clock.now();
  peer().activity.lastRtcp = core_.clock.now();
  openLive(kB);  // has never sent any
  core_.clock.advance(11s);
  registry().tick();
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::RtcpTimeout)));
}

TEST_F(SessionRegistryEnd, EndsByTickWhatOutlivedItsGrant) {
  open(kA, test::viewGrant("guest"));
  open(kB);
  core_.access.expired.insert(GrantId("guest"));
  registry().tick();
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::Expired)));
}

TEST_F(SessionRegistryEnd, EndsEverySessionOfARevokedGrantAndNoOther) {
  open(kA, test::viewGrant("alice"));
  open(kB, test::viewGrant("bob"));
  open(SessionId("c"), test::viewGrant("alice"));
  core_.access.revoked.insert(GrantId("alice"));
  registry().tick();
  EXPECT_THAT(observer_.ended,
              UnorderedElementsAre(Pair(kA, EndReason::Revoked), Pair(SessionId("c"), EndReason::Revoked)));
  EXPECT_EQ(registry().active(), 1);
}

TEST_F(SessionRegistryEnd, EndsOneSessionAtTheOwnersWord) {
  open(kA, test::viewGrant("alice"));
  open(kB, test::viewGrant("alice"));
  EXPECT_TRUE(registry().end(kA));
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::Ended)));
  EXPECT_EQ(registry().end(SessionId("nobody's")).error().code, RefusalCode::UnknownSession);
}

TEST_F(SessionRegistryEnd, TellsWhoIsThereAndForHowLong) {
  open(kB, test::viewGrant("bob"));
  core_.clock.advance(5s);
  open(kA, test::viewGrant("alice"));
  peer().figures.sent.frames = 7;
  open(SessionId("c"), test::viewGrant("carol"));
  ASSERT_TRUE(registry().end(SessionId("c")));

  const auto viewers = registry().viewers();

  ASSERT_EQ(viewers.size(), 2U);
  EXPECT_EQ(viewers[0].session, kB);
  EXPECT_EQ(viewers[0].camera.value(), "front");
  EXPECT_EQ(viewers[0].grant.value(), "bob");
  EXPECT_EQ(viewers[0].name, "name of bob");
  EXPECT_EQ(viewers[0].source.value(), "source");
  EXPECT_EQ(viewers[0].state, SessionState::Negotiating);
  EXPECT_EQ(viewers[0].age, 5s);
  EXPECT_EQ(viewers[0].figures.sent.frames, 0U);
  EXPECT_EQ(viewers[1].session, kA);
  EXPECT_EQ(viewers[1].figures.sent.frames, 7U);
}

TEST_F(SessionRegistryEnd, EndsAllAtShutdown) {
  open(kA);
  openLive(kB);
  registry().endAll(EndReason::Shutdown);
  EXPECT_THAT(observer_.ended, UnorderedElementsAre(Pair(kA, EndReason::Shutdown), Pair(kB, EndReason::Shutdown)));
  EXPECT_EQ(registry().active(), 0);
  EXPECT_EQ(registry().occupied(), 2);
  core_.peers.finishClosing();
  EXPECT_EQ(registry().occupied(), 0);
}

TEST_F(SessionRegistryEnd, LeavesWhatIsClosingAloneInEndAll) {
  openLive(kA);
  ASSERT_TRUE(bye(kA));
  registry().endAll(EndReason::Shutdown);
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::Left)));
}

TEST_F(SessionRegistryEnd, LetsSessionsGoOnWhenTheirObserverIsForgotten) {
  openLive(kA);
  registry().forget(observer_);
  peer().observer.onCandidate({.candidate = "candidate:1"});
  EXPECT_EQ(registry().active(), 1);
  EXPECT_TRUE(bye(kA));
  EXPECT_THAT(observer_.candidates, IsEmpty());
  EXPECT_THAT(observer_.ended, IsEmpty());
  EXPECT_TRUE(peer().isClosing());
}

TEST_F(SessionRegistryEnd, ForgetsOneObserverOnly) {
  test::FakeObserver other;
  ASSERT_TRUE(registry().open({kB, base::CameraId("front"), "v=0", {}}, {SourceId("source"), test::viewGrant("anyone")},
                              other));
  openLive(kA);
  registry().forget(observer_);
  registry().endAll(EndReason::Shutdown);
  EXPECT_THAT(observer_.ended, IsEmpty());
  EXPECT_EQ(other.ended.size(), 1U);
}

TEST_F(SessionRegistryEnd, MayBeToldToForgetInsideAnEnd) {
  openLive(kA);
  openLive(kB);
  observer_.whenEnded = [this](const Session&) { registry().forget(observer_); };
  registry().endAll(EndReason::Shutdown);
  EXPECT_EQ(observer_.ended.size(), 1U);
  EXPECT_EQ(registry().active(), 0);
}

TEST_F(SessionRegistryEnd, MayBeToldToEndAnotherSessionInsideAnEnd) {
  openLive(kA);
  openLive(kB);
  observer_.whenEnded = [this](const Session& session) { EXPECT_TRUE(bye(session.id() == kA ? kB : kA)); };
  registry().endAll(EndReason::Shutdown);
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::Shutdown), Pair(kB, EndReason::Left)));
  for (const auto& each : core_.peers.peers)
    EXPECT_EQ(each->closeCalls, 1);
}

TEST_F(SessionRegistryEnd, MayBeToldToOpenASessionInsideAnEnd) {
  openLive(kA);
  observer_.whenEnded = [this](const Session& session) {
    if (session.id() == kA)
      open(kB);
  };
  ASSERT_TRUE(bye(kA));
  EXPECT_EQ(registry().active(), 1);
}

TEST_F(SessionRegistryEnd, StaysClosedWhenByeComesInsideTheAnswer) {
  open(kA);
  observer_.whenAnswered = [this](const Session&) { EXPECT_TRUE(bye(kA)); };
  peer().observer.onAnswer("answer");
  EXPECT_EQ(registry().active(), 0);
  core_.clock.advance(1min);
  registry().tick();
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::Left)));
  EXPECT_EQ(peer().closeCalls, 1);
}

TEST_F(SessionRegistryEnd, SurvivesAPeerThatFailsWhileItLooksThroughTheOffer) {
  core_.peers.whenOffered = [](test::PeerHandle& offered) -> Answered<void> {
    offered.observer.onFailed(EndReason::Internal, "no element");
    return {};
  };
  EXPECT_TRUE(tryOpen(kA, test::viewGrant("anyone")));
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kA, EndReason::Internal)));
  EXPECT_EQ(peer().closeCalls, 1);
  peer().finishClosing();
  EXPECT_EQ(registry().occupied(), 0);
}

TEST_F(SessionRegistryEnd, SurvivesAPeerThatFailsAndRefusesTheOffer) {
  core_.peers.whenOffered = [](test::PeerHandle& offered) -> Answered<void> {
    offered.observer.onFailed(EndReason::Internal, "no element");
    return refuse(RefusalCode::Internal, "no element");
  };
  EXPECT_FALSE(tryOpen(kA, test::viewGrant("anyone")));
  EXPECT_EQ(peer().closeCalls, 1);
  peer().finishClosing();
  EXPECT_EQ(registry().occupied(), 0);
}

TEST_F(SessionRegistryEnd, HandsOnTheDataChannelOfASecuredSession) {
  std::vector<std::string> labels;
  registry().onDataChannel([&](const Session& session, const std::string& label, std::shared_ptr<Channel>) {
    labels.push_back(session.id().value() + " " + label);
  });
  openLive(kA);
  peer().observer.onDataChannel("control", nullptr);
  EXPECT_THAT(labels, ElementsAre("a control"));
}

TEST_F(SessionRegistryEnd, GoesWithoutHandlers) {
  openLive(kA);
  peer().observer.onDataChannel("control", nullptr);
  peer().observer.onFailed(EndReason::PeerClosed, "");
  EXPECT_EQ(registry().active(), 0);
}

TEST(SessionRegistryLife, ClosesItsPeersWhenItGoesAndOutlastsTheirCalls) {
  test::FakeObserver observer;
  test::FakePeerFactory peers;
  {
    test::SteeredClock clock;
    test::FakeAccess access;
    Catalogue catalogue;
    catalogue.put(test::cameraInfo("front"));
    Registry registry(peers, catalogue, access, clock, {});
    ASSERT_TRUE(registry.open({kA, base::CameraId("front"), "v=0", {}}, {SourceId("source"), test::viewGrant("anyone")},
                              observer));
  }
  EXPECT_THAT(observer.ended, ElementsAre(Pair(kA, EndReason::Shutdown)));
  EXPECT_TRUE(peers.last().isClosing());
  EXPECT_EQ(peers.alive(), 0);
  peers.finishClosing();
}

}  // namespace
}  // namespace fanlight::session
