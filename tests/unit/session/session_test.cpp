// SPDX-License-Identifier: Apache-2.0
// One session by itself: what each state allows, and when it is over.
#include "session/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/fakes.h"

namespace fanlight::session {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using namespace std::chrono_literals;

const SessionId kId("aaaaaaaaaaaaaaaa");

/// Keeps what a session tells its owner, and ends it as the registry does.
class FakeOwner final : public Session::Owner {
 public:
  std::vector<EndReason> endings;
  std::vector<std::string> dataChannels;
  int gone = 0;
  int shown = 0;

  void onSessionEnding(Session& session, EndReason reason, const std::string&) override {
    endings.push_back(reason);
    session.end(reason, [this] { ++gone; });
  }
  void onSessionDataChannel(Session&, const std::string& label, std::shared_ptr<Channel>) override {
    dataChannels.push_back(label);
  }
  void onSessionShown(Session&) override { ++shown; }
};

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() { session_.setObserver(&observer_); }

  void begin() { ASSERT_TRUE(session_.begin(peers_, "v=0", false)); }
  void connect() {
    begin();
    peer().observer.onAnswer("answer");
  }
  void goLive() {
    connect();
    peer().observer.onProgress(PeerProgress::Secured);
  }
  void end(EndReason reason) {
    session_.end(reason, [this] { ++owner_.gone; });
  }
  test::PeerHandle& peer() { return peers_.last(); }

  test::SteeredClock clock_;
  test::FakePeerFactory peers_;
  test::FakeObserver observer_;
  FakeOwner owner_;
  Session session_{
      {kId, base::CameraId("front"), SourceId("192.0.2.1"), test::viewGrant("anyone")}, owner_, clock_, SessionTimes{}};
};

TEST(SessionId, IsSixteenToSixtyFourSafeCharacters) {
  EXPECT_TRUE(isSessionId("abcXYZ0189_-abcd"));
  EXPECT_TRUE(isSessionId(std::string(64, 'x')));
  EXPECT_FALSE(isSessionId(std::string(15, 'x')));
  EXPECT_FALSE(isSessionId(std::string(65, 'x')));
  EXPECT_FALSE(isSessionId(""));
  for (const char c : {' ', '/', '.', '+', '=', '\0', '\n', '\xc3'})
    EXPECT_FALSE(isSessionId(std::string(16, 'x') + c)) << static_cast<int>(c);
}

TEST_F(SessionTest, HandsTheOfferToAPeerOfItsCamera) {
  begin();
  EXPECT_EQ(peer().session, kId);
  EXPECT_EQ(peer().camera, base::CameraId("front"));
  EXPECT_EQ(peer().offer, "v=0");
  EXPECT_EQ(session_.state(), SessionState::Negotiating);
}

TEST_F(SessionTest, ReturnsThePeersRefusalOfAnOffer) {
  peers_.whenOffered = [](auto&) { return refuse(RefusalCode::BadOffer, "no"); };
  const auto begun = session_.begin(peers_, "?", false);
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().code, RefusalCode::BadOffer);
}

TEST_F(SessionTest, IsConnectingOnceAnsweredAndLiveOnceSecured) {
  goLive();
  EXPECT_THAT(observer_.answers, ElementsAre("answer"));
  EXPECT_THAT(observer_.states, ElementsAre(SessionState::Connecting, SessionState::Live));
}

TEST_F(SessionTest, PassesTheAnswerOnBeforeItsState) {
  begin();
  observer_.whenAnswered = [](const Session& session) { EXPECT_EQ(session.state(), SessionState::Negotiating); };
  peer().observer.onAnswer("answer");
  EXPECT_THAT(observer_.answers, ElementsAre("answer"));
}

TEST_F(SessionTest, StaysConnectingWhileOnlyIceProgresses) {
  connect();
  peer().observer.onProgress(PeerProgress::IceChecking);
  peer().observer.onProgress(PeerProgress::IceConnected);
  EXPECT_EQ(session_.state(), SessionState::Connecting);
}

TEST_F(SessionTest, IgnoresASecondAnswer) {
  connect();
  peer().observer.onAnswer("another");
  EXPECT_THAT(observer_.answers, ElementsAre("answer"));
}

TEST_F(SessionTest, PassesLocalCandidatesOnBeforeAndAfterTheAnswer) {
  begin();
  peer().observer.onCandidate({.candidate = "candidate:1"});
  peer().observer.onAnswer("answer");
  peer().observer.onCandidate({.candidate = "candidate:2"});
  ASSERT_EQ(observer_.candidates.size(), 2U);
  EXPECT_EQ(observer_.candidates[1].candidate, "candidate:2");
}

TEST_F(SessionTest, TakesCandidatesUpToTheLimit) {
  begin();
  for (int i = 0; i < kMaxCandidates; ++i)
    ASSERT_TRUE(session_.addCandidate({.candidate = "candidate:1"}));
  const auto over = session_.addCandidate({.candidate = "candidate:1"});
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, RefusalCode::TooManyCandidates);
  EXPECT_EQ(peer().candidates.size(), static_cast<std::size_t>(kMaxCandidates));
}

TEST_F(SessionTest, HandsTheCandidatesOfTheOfferToThePeer) {
  peers_.offeredCandidates = {{.candidate = "candidate:1"}, {.candidate = "candidate:2"}};
  begin();
  EXPECT_EQ(peer().candidates, peers_.offeredCandidates);
}

TEST_F(SessionTest, CountsTheCandidatesOfTheOfferAndThoseAfterItTogether) {
  peers_.offeredCandidates.assign(kMaxCandidates - 1, {.candidate = "candidate:1"});
  begin();
  EXPECT_TRUE(session_.addCandidate({.candidate = "candidate:2"}));
  EXPECT_FALSE(session_.addCandidate({.candidate = "candidate:3"}));
  EXPECT_EQ(peer().candidates.size(), static_cast<std::size_t>(kMaxCandidates));
}

TEST_F(SessionTest, UsesNoMoreCandidatesOfAnOfferThanTheLimit) {
  peers_.offeredCandidates.assign(kMaxCandidates * 2, {.candidate = "candidate:1"});
  begin();
  EXPECT_EQ(peer().candidates.size(), static_cast<std::size_t>(kMaxCandidates));
}

TEST_F(SessionTest, IgnoresCandidatesAfterItsEnd) {
  connect();
  end(EndReason::Left);
  EXPECT_TRUE(session_.addCandidate({.candidate = "candidate:1"}));
  EXPECT_THAT(peer().candidates, IsEmpty());
}

TEST_F(SessionTest, HeedsADataChannelOnlyOnceSecured) {
  connect();
  peer().observer.onDataChannel("early", nullptr);
  peer().observer.onProgress(PeerProgress::Secured);
  peer().observer.onDataChannel("control", nullptr);
  EXPECT_THAT(owner_.dataChannels, ElementsAre("control"));
}

TEST_F(SessionTest, TellsItsObserverOfTheEndThenClosesThePeer) {
  connect();
  observer_.whenEnded = [this](const Session& session) {
    EXPECT_EQ(session.state(), SessionState::Closing);
    EXPECT_FALSE(peer().isClosing());
  };
  end(EndReason::Replaced);
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kId, EndReason::Replaced)));
  EXPECT_TRUE(peer().isClosing());
  EXPECT_EQ(owner_.gone, 0);
  peer().finishClosing();
  EXPECT_EQ(owner_.gone, 1);
}

TEST_F(SessionTest, EndsOnceOnly) {
  connect();
  end(EndReason::Left);
  end(EndReason::Expired);
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kId, EndReason::Left)));
  EXPECT_EQ(peer().closeCalls, 1);
}

TEST_F(SessionTest, IgnoresWhateverThePeerSaysAfterItsEnd) {
  begin();
  end(EndReason::Left);
  PeerObserver& late = peer().observer;
  late.onAnswer("late");
  late.onCandidate({.candidate = "candidate:1"});
  late.onProgress(PeerProgress::Secured);
  late.onDataChannel("control", nullptr);
  late.onFailed(EndReason::IceFailed, "");
  EXPECT_EQ(session_.state(), SessionState::Closing);
  EXPECT_THAT(observer_.answers, IsEmpty());
  EXPECT_THAT(observer_.candidates, IsEmpty());
  EXPECT_THAT(observer_.states, IsEmpty());
  EXPECT_THAT(owner_.dataChannels, IsEmpty());
  EXPECT_THAT(owner_.endings, IsEmpty());
}

TEST_F(SessionTest, StaysClosedWhenItsObserverEndsItUponTheAnswer) {
  begin();
  observer_.whenAnswered = [this](const Session&) { end(EndReason::Left); };
  peer().observer.onAnswer("answer");
  EXPECT_EQ(session_.state(), SessionState::Closing);
  EXPECT_THAT(observer_.states, IsEmpty());
  EXPECT_EQ(peer().closeCalls, 1);
}

TEST_F(SessionTest, MayBeEndedByItsObserverUponAState) {
  begin();
  observer_.whenStateChanged = [this](const Session&) { end(EndReason::Left); };
  peer().observer.onAnswer("answer");
  EXPECT_EQ(session_.state(), SessionState::Closing);
  EXPECT_THAT(observer_.states, ElementsAre(SessionState::Connecting));
}

TEST_F(SessionTest, GoesOnWithoutAnObserver) {
  begin();
  session_.setObserver(nullptr);
  peer().observer.onAnswer("answer");
  peer().observer.onCandidate({.candidate = "candidate:1"});
  peer().observer.onProgress(PeerProgress::Secured);
  EXPECT_EQ(session_.state(), SessionState::Live);
  end(EndReason::Left);
  EXPECT_TRUE(peer().isClosing());
}

TEST_F(SessionTest, AsksItsOwnerToEndItWhenThePeerFails) {
  goLive();
  peer().observer.onFailed(EndReason::DtlsFailed, "handshake");
  EXPECT_THAT(owner_.endings, ElementsAre(EndReason::DtlsFailed));
  EXPECT_THAT(observer_.ended, ElementsAre(Pair(kId, EndReason::DtlsFailed)));
}

TEST_F(SessionTest, IsNotOverWithinTenSecondsWithoutProgress) {
  begin();
  clock_.advance(10s);
  EXPECT_EQ(session_.judge(), std::nullopt);
}

TEST_F(SessionTest, IsOverAfterTenSecondsWithoutProgress) {
  begin();
  clock_.advance(10s + 1ms);
  EXPECT_EQ(session_.judge(), EndReason::ConnectTimeout);
}

TEST_F(SessionTest, CountsTheAnswerAndEachStepOfThePeerAsProgress) {
  begin();
  clock_.advance(9s);
  peer().observer.onAnswer("answer");
  clock_.advance(9s);
  peer().observer.onProgress(PeerProgress::IceChecking);
  clock_.advance(9s);
  EXPECT_EQ(session_.judge(), std::nullopt);
}

TEST_F(SessionTest, DoesNotCountCandidatesAsProgress) {
  connect();
  clock_.advance(9s);
  EXPECT_TRUE(session_.addCandidate({.candidate = "candidate:1"}));
  peer().observer.onCandidate({.candidate = "candidate:2"});
  clock_.advance(2s);
  EXPECT_EQ(session_.judge(), EndReason::ConnectTimeout);
}

TEST_F(SessionTest, IsOverAfterThirtySecondsThoughItProgresses) {
  connect();
  for (int i = 0; i < 3; ++i) {
    clock_.advance(10s);
    peer().observer.onProgress(PeerProgress::IceChecking);
  }
  EXPECT_EQ(session_.judge(), std::nullopt);
  clock_.advance(1ms);
  EXPECT_EQ(session_.judge(), EndReason::ConnectTimeout);
}

TEST_F(SessionTest, HasNoConnectTimeoutOnceLive) {
  goLive();
  clock_.advance(1h);
  EXPECT_EQ(session_.judge(), std::nullopt);
}

TEST_F(SessionTest, IsOverTenSecondsAfterTheLastRtcp) {
  goLive();
  peer().activity.sendingSince = clock_.now();
  clock_.advance(1h);
  peer().activity.lastRtcp = clock_.now();
  clock_.advance(10s);
  EXPECT_EQ(session_.judge(), std::nullopt);
  clock_.advance(1ms);
  EXPECT_EQ(session_.judge(), EndReason::RtcpTimeout);
}

TEST_F(SessionTest, GoesOnWithoutRtcpWhileNoPicturesFlow) {
  goLive();
  peer().activity.lastRtcp = clock_.now();
  peer().activity.owesFeedback = true;
  clock_.advance(1h);
  EXPECT_EQ(session_.judge(), std::nullopt);
}

TEST_F(SessionTest, WaitsTenSecondsForRtcpOncePicturesFlowAgain) {
  goLive();
  peer().activity.lastRtcp = clock_.now();
  clock_.advance(1h);
  peer().activity.sendingSince = clock_.now();
  clock_.advance(10s);
  EXPECT_EQ(session_.judge(), std::nullopt);
  clock_.advance(1ms);
  EXPECT_EQ(session_.judge(), EndReason::RtcpTimeout);
}

TEST_F(SessionTest, GoesOnWithAViewerThatNeverSendsRtcp) {
  goLive();
  peer().activity.sendingSince = clock_.now();
  clock_.advance(1h);
  EXPECT_EQ(session_.judge(), std::nullopt);
}

TEST_F(SessionTest, IsOverAfterAMinuteWithoutTheFeedbackThatWasAgreedOn) {
  goLive();
  peer().activity.sendingSince = clock_.now();
  peer().activity.owesFeedback = true;
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(session_.judge(), std::nullopt);
    clock_.advance(10s);
    peer().activity.lastRtcp = clock_.now();
  }
  EXPECT_EQ(session_.judge(), std::nullopt);
  clock_.advance(1ms);
  EXPECT_EQ(session_.judge(), EndReason::RtcpTimeout);
}

TEST_F(SessionTest, IsOverAMinuteAfterTheLastFeedback) {
  goLive();
  peer().activity.sendingSince = clock_.now();
  peer().activity.owesFeedback = true;
  clock_.advance(1h);
  peer().activity.lastFeedback = clock_.now();
  clock_.advance(60s);
  EXPECT_EQ(session_.judge(), std::nullopt);
  clock_.advance(1ms);
  EXPECT_EQ(session_.judge(), EndReason::RtcpTimeout);
}

TEST_F(SessionTest, GoesOnWhileRtcpComes) {
  goLive();
  peer().activity.sendingSince = clock_.now();
  for (int i = 0; i < 10; ++i) {
    peer().activity.lastRtcp = clock_.now();
    clock_.advance(9s);
    EXPECT_EQ(session_.judge(), std::nullopt);
  }
}

TEST_F(SessionTest, IsNeverOverByItselfOnceClosing) {
  begin();
  end(EndReason::Left);
  clock_.advance(1h);
  EXPECT_EQ(session_.judge(), std::nullopt);
}

}  // namespace
}  // namespace fanlight::session
