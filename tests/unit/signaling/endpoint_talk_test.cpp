// SPDX-License-Identifier: Apache-2.0
// Turns to talk, as the viewers whom they are about are told of them.
#include "signaling/endpoint_fixture.h"

namespace fanlight::signaling {
namespace {

using session::Right;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string talk(const std::string& session, bool isWanted = true) {
  return R"({"type":"command","id":"c","name":"talk","arguments":{"session":")" + session + R"(","on":)" +
         (isWanted ? "true" : "false") + "}}";
}

/// The endpoint's viewer, and somebody else, who may talk at "front".
class EndpointTalkTest : public EndpointTest {
 protected:
  EndpointTalkTest() {
    core_.access.grants[""] = talker_;
    session::CameraInfo front = test::cameraInfo("front");
    front.audio = session::AudioInfo{base::AudioId("hall"), std::nullopt, session::SoundDeviceInfo{}, {}};
    core_.catalogue.put(front);
  }
  ~EndpointTalkTest() override { core_.registry.forget(others_); }

  void goLive() {
    peer().observer.onAnswer("v=0");
    peer().observer.onProgress(session::PeerProgress::Secured);
  }
  void openOwn() {
    greet();
    open(kA);
    goLive();
    heard();
  }
  void openOthers() {
    ASSERT_TRUE(
        core_.registry.open({.session = session::SessionId(kB), .camera = base::CameraId("front"), .sdp = "v=0"},
                            {session::SourceId("elsewhere"), talker_}, others_));
    goLive();
  }
  void othersTalk(bool isWanted) { ASSERT_TRUE(core_.registry.talk(session::SessionId(kB), talker_, isWanted)); }

  const session::Grant talker_ = test::grantOf("talker", {Right::View, Right::Talk});
  test::FakeObserver others_;
};

TEST_F(EndpointTalkTest, AnswersWhoAsksWithTheTurn) {
  openOwn();
  receive(talk(kA));
  EXPECT_EQ(channel_.sent.back(), R"({"type":"result","id":"c","ok":true,"value":{"state":"granted"}})");
}

TEST_F(EndpointTalkTest, TellsWhoWaitedThatItsTurnHasCome) {
  openOwn();
  openOthers();
  othersTalk(true);
  receive(talk(kA));
  EXPECT_EQ(channel_.sent.back(), R"({"type":"result","id":"c","ok":true,"value":{"state":"pending","position":1}})");
  heard();
  othersTalk(false);
  EXPECT_THAT(heard(), ElementsAre("talk " + kA + " granted"));
}

TEST_F(EndpointTalkTest, TellsThatATurnHasEndedAndWhy) {
  openOwn();
  receive(talk(kA));
  heard();
  core_.clock.advance(std::chrono::seconds(4));
  core_.registry.talks().tick();
  EXPECT_THAT(heard(), ElementsAre("talk " + kA + " ended silent"));
}

TEST_F(EndpointTalkTest, TellsNobodyOfTurnsOfOthers) {
  openOwn();
  openOthers();
  othersTalk(true);
  othersTalk(false);
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_F(EndpointTalkTest, TellsOfTurnsOverTheDataChannelOfTheirSession) {
  openOthers();
  test::FakeChannel channel;
  Endpoint endpoint(services_, channel, CarryingSession(kB, talker_, core_.clock).get());
  othersTalk(true);
  othersTalk(false);
  ASSERT_FALSE(channel.sent.empty());
  EXPECT_EQ(brief(channel.sent.back()), "talk " + kB + " ended released");
}

}  // namespace
}  // namespace fanlight::signaling
