// SPDX-License-Identifier: Apache-2.0
// Channels, sessions and endpoints that go at every moment, also inside a call.
#include "signaling/endpoint_fixture.h"

namespace fanlight::signaling {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

TEST_F(EndpointTest, SendsIceServersAnewWhenHalfOfTheirTimeIsOver) {
  core_.iceServers.list = {{{{"turn:turn.example"}, "user", {}}}, 1h};
  greet();
  core_.clock.advance(29min);
  endpoint_->review();
  EXPECT_THAT(heard(), IsEmpty());
  core_.clock.advance(1min);
  endpoint_->review();
  EXPECT_THAT(channel_.sent.back(), HasSubstr(R"("credential":"2")")) << "which nobody else has";
  EXPECT_THAT(heard(), ElementsAre("ice"));
  endpoint_->review();
  EXPECT_THAT(heard(), IsEmpty()) << "once, until half of the new ones' time is over";
}

TEST_F(EndpointTest, SendsIceServersOnceWhereTheyDoNotEnd) {
  core_.iceServers.list = {{{{"stun:stun.example"}, "", {}}}, std::nullopt};
  greet();
  core_.clock.advance(24h);
  endpoint_->review();
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_F(EndpointTest, LeavesItsSessionsToThemselvesWhenTheChannelIsLost) {
  greet();
  open(kA);
  channel_.lose();
  EXPECT_EQ(core_.registry.active(), 1);
  peer().observer.onAnswer("v=1");
  core_.catalogue.setState(base::CameraId("front"), session::CameraState::Live, "");
  core_.registry.endAll(session::EndReason::Shutdown);
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_F(EndpointTest, LeavesTheChannelAloneOnceItIsClosed) {
  auto channel = std::make_unique<test::FakeChannel>();
  Endpoint endpoint(services_, *channel, {session::SourceId("192.0.2.3")}, base::Secret());
  channel->receive(hello());
  channel->receive(offer(kA));
  channel->lose();
  channel.reset();
  core_.catalogue.setState(base::CameraId("front"), session::CameraState::Live, "");
  core_.registry.endAll(session::EndReason::Shutdown);
  EXPECT_EQ(core_.registry.active(), 0);
}

TEST_F(EndpointTest, IsClosedOnceItsGrantHasEnded) {
  greet();
  endpoint_->review();
  EXPECT_THAT(heard(), IsEmpty());
  core_.access.revoked.insert(session::GrantId("anyone"));

  endpoint_->review();

  EXPECT_THAT(heard(), ElementsAre("error revoked"));
  EXPECT_TRUE(channel_.closed);
  endpoint_->review();
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_F(EndpointTest, TellsItsSessionsGoodbyeBeforeItIsClosed) {
  greet();
  open(kA);
  core_.access.expired.insert(session::GrantId("anyone"));

  core_.registry.tick();
  endpoint_->review();

  EXPECT_THAT(heard(), ElementsAre("bye " + kA + " expired", "error expired"));
}

TEST_F(EndpointTest, IsLeftAloneBeforeItsHello) {
  endpoint_->review();
  EXPECT_FALSE(channel_.closed);
}

TEST_F(EndpointTest, TakesTheTokenThatCameWithTheChannel) {
  core_.access.grants = {{"cookie", test::viewGrant("cookie")}, {"link", test::viewGrant("link")}};
  test::FakeChannel channel;
  Endpoint endpoint(services_, channel, {session::SourceId("192.0.2.3")}, base::Secret("cookie"));
  channel.receive(hello());
  EXPECT_EQ(brief(channel.sent.back()), "welcome");
  core_.access.revoked.insert(session::GrantId("cookie"));
  endpoint.review();
  EXPECT_TRUE(channel.closed);
}

TEST_F(EndpointTest, PrefersTheTokenOfTheHello) {
  core_.access.grants = {{"cookie", test::viewGrant("cookie")}, {"link", test::viewGrant("link")}};
  test::FakeChannel channel;
  Endpoint endpoint(services_, channel, {session::SourceId("192.0.2.3")}, base::Secret("cookie"));
  channel.receive(hello("link"));
  core_.access.revoked.insert(session::GrantId("cookie"));
  endpoint.review();
  EXPECT_FALSE(channel.closed);
}

TEST_F(EndpointTest, MayGoBeforeItsChannelAndItsSessions) {
  greet();
  open(kA);
  endpoint_.reset();
  EXPECT_FALSE(channel_.hasListener());
  peer().observer.onAnswer("v=1");
  core_.catalogue.setState(base::CameraId("front"), session::CameraState::Live, "");
  core_.registry.endAll(session::EndReason::Shutdown);
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_F(EndpointTest, LetsANewChannelEndOrReplaceTheSessionsOfALostOne) {
  greet();
  open(kA);
  open(kB);
  channel_.lose();
  test::FakeChannel again;
  Endpoint endpoint(services_, again, {session::SourceId("192.0.2.1")}, base::Secret());
  again.receive(hello());
  again.receive(bye(kA));
  again.receive(offer(sessionId(0), "front", kB));
  EXPECT_EQ(again.sent.size(), 1U) << again.sent.back();
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(EndpointTest, SurvivesAPeerThatFailsWithinTheOffer) {
  greet();
  core_.peers.whenOffered = [](test::PeerHandle& offered) -> session::Answered<void> {
    offered.observer.onFailed(session::EndReason::Internal, "no element");
    return {};
  };
  for (int i = 0; i <= kMaxSessionsPerChannel; ++i) {
    receive(offer(sessionId(i)));
    EXPECT_THAT(heard(), ElementsAre("bye " + sessionId(i) + " internal"));
    core_.peers.finishClosing();
  }
}

TEST_F(EndpointTest, PassesOnAnAnswerThatComesWithinTheOffer) {
  greet();
  core_.peers.whenOffered = [](test::PeerHandle& offered) -> session::Answered<void> {
    offered.observer.onAnswer("v=1");
    return {};
  };
  receive(offer(kA));
  EXPECT_THAT(heard(), ElementsAre("answer " + kA + " v=1", "state " + kA + " front connecting"));
}

TEST_F(EndpointTest, SurvivesAChannelThatIsLostInsideEachOfItsMessages) {
  for (std::size_t last = 1; last <= 5; ++last) {
    test::FakeChannel channel;
    Endpoint endpoint(services_, channel, {session::SourceId("192.0.2.4")}, base::Secret());
    channel.whenSent = [&] {
      if (channel.sent.size() == last)
        channel.lose();
    };
    channel.receive(hello());
    if (last > 1) {
      channel.receive(offer(kA));
      peer().observer.onAnswer("v=1");
      core_.catalogue.setState(base::CameraId("front"), session::CameraState::Away, std::to_string(last));
      channel.receive(bye(kA));
    }
    EXPECT_EQ(channel.sent.size(), last);
    core_.registry.endAll(session::EndReason::Shutdown);
    core_.peers.finishClosing();
  }
}

TEST_F(EndpointTest, SurvivesAnEndOfAllInsideABye) {
  greet();
  open(kA);
  open(kB);
  channel_.whenSent = [this] {
    channel_.whenSent = nullptr;
    core_.registry.endAll(session::EndReason::Shutdown);
  };
  receive(bye(kA));
  EXPECT_THAT(heard(), ElementsAre("bye " + kA + " left", "bye " + kB + " shutdown"));
  EXPECT_EQ(core_.registry.active(), 0);
}

/// As a data channel's endpoint does, which goes with the session that carries it, and has its grant.
class EndpointOfASessionTest : public EndpointTest {
 protected:
  EndpointOfASessionTest() {
    core_.registry.onEnded([this](const auto&...) { endpoint_.reset(); });
    joinAs(test::viewGrant("anyone"));
    open(kA);
  }
  /// The channel's session is another than those that are opened by it.
  void joinAs(const session::Grant& grant) {
    endpoint_.emplace(services_, channel_, CarryingSession(kCarrier, grant, core_.clock).get());
  }
  const std::string kCarrier = "the-session-that-carries-it";
  void expectGone() {
    EXPECT_FALSE(endpoint_.has_value());
    EXPECT_FALSE(channel_.hasListener());
    EXPECT_THAT(heard(), IsEmpty());
  }
};

TEST_F(EndpointOfASessionTest, NeedsNoHelloAndTakesNone) {
  receive(hello());
  EXPECT_THAT(heard(), ElementsAre("error out-of-order"));
}

TEST_F(EndpointOfASessionTest, TellsThatItsSessionShowsAnotherCamera) {
  const session::Grant grant = test::viewGrant("anyone");
  test::FakeObserver others;
  for (const std::string& id : {kCarrier, kB}) {
    ASSERT_TRUE(
        core_.registry.open({.session = session::SessionId(id), .camera = base::CameraId("front"), .sdp = "v=0"},
                            {session::SourceId("elsewhere"), grant}, others));
    peer().observer.onAnswer("v=0");
    peer().observer.onProgress(session::PeerProgress::Secured);
    ASSERT_TRUE(core_.registry.switchTo(session::SessionId(id), grant, base::CameraId("garden")));
    peer().observer.onShown();
  }
  core_.registry.forget(others);
  EXPECT_THAT(heard(), ElementsAre("state " + kCarrier + " garden live"));
}

TEST_F(EndpointOfASessionTest, TellsOfCamerasFromTheStart) {
  core_.catalogue.setState(base::CameraId("front"), session::CameraState::Live, "");
  EXPECT_THAT(heard(), ElementsAre("state front live"));
}

TEST_F(EndpointOfASessionTest, MayGoInsideTheByeThatItPassesOn) {
  receive(bye(kA));
  expectGone();
}

TEST_F(EndpointOfASessionTest, MayGoInsideTheOfferThatReplacesItsSession) {
  receive(offer(kB, "front", kA));
  expectGone();
  EXPECT_EQ(core_.registry.active(), 1);
  peer().observer.onAnswer("v=1");
}

TEST_F(EndpointOfASessionTest, MayGoInsideTheCommandThatEndsItsSession) {
  joinAs(test::grantOf("admin", {session::Right::View, session::Right::Admin}));
  receive(R"({"type":"command","id":"1","name":"end","arguments":{"session":")" + kA + "\"}}");
  expectGone();
}

TEST_F(EndpointOfASessionTest, MayGoInsideACandidateThatEndsItsSession) {
  peer().whenCandidate = [this] { peer().observer.onFailed(session::EndReason::Internal, "no element"); };
  receive(candidate(kA));
  expectGone();
}

}  // namespace
}  // namespace fanlight::signaling
