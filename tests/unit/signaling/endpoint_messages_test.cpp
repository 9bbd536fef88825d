// SPDX-License-Identifier: Apache-2.0
// What each message does, in which order, how many and how fast.
#include "signaling/endpoint_fixture.h"

namespace fanlight::signaling {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using namespace std::chrono_literals;

constexpr unsigned kBurst = static_cast<unsigned>(kMessageBurst);

TEST_F(EndpointTest, WelcomesAHello) {
  receive(hello());
  ASSERT_EQ(channel_.sent.size(), 1U);
  const auto welcome = json::parseObject(channel_.sent[0]);
  ASSERT_TRUE(welcome);
  EXPECT_EQ(json_array_get_length(json_object_get_array_member(welcome->get(), "cameras")), 2U);
  EXPECT_THAT(channel_.sent[0], HasSubstr(R"("rights":["view"])"));
  EXPECT_THAT(channel_.sent[0], HasSubstr(R"("id":"porch")"));
}

TEST_F(EndpointTest, RefusesWhateverComesBeforeHello) {
  receive(offer(kA));
  receive(candidate(kA));
  receive(bye(kA));
  receive(R"({"type":"command","id":"1","name":"snapshot"})");
  EXPECT_THAT(heard(), ElementsAre("error " + kA + " out-of-order", "error " + kA + " out-of-order",
                                   "error " + kA + " out-of-order", "error out-of-order"));
  EXPECT_THAT(core_.peers.peers, IsEmpty());
  EXPECT_FALSE(channel_.closed);
}

TEST_F(EndpointTest, RefusesASecondHello) {
  greet();
  receive(hello());
  EXPECT_THAT(heard(), ElementsAre("error out-of-order"));
}

TEST_F(EndpointTest, AnswersAMessageThatItCannotReadAndGoesOn) {
  receive("not JSON");
  receive(R"({"type":"dance"})");
  receive(R"({"type":"bye","session":7})");
  EXPECT_THAT(heard(), ElementsAre("error bad-message", "error unknown-type", "error bad-message"));
  greet();
}

TEST_F(EndpointTest, ClosesTheChannelOfWhoIsNotAuthorized) {
  receive(hello("wrong"));
  EXPECT_THAT(heard(), ElementsAre("error unauthorized"));
  EXPECT_TRUE(channel_.closed);
  receive(hello());
  receive(offer(kA));
  EXPECT_THAT(heard(), IsEmpty());
  EXPECT_THAT(core_.peers.peers, IsEmpty());
}

TEST_F(EndpointTest, PassesAnOfferToThePeerAndItsNewsToTheViewer) {
  greet();
  receive(offer(kA, "garden"));
  EXPECT_EQ(peer().camera, base::CameraId("garden"));
  EXPECT_EQ(peer().offer, "v=0");
  peer().observer.onCandidate({.candidate = "candidate:1"});
  peer().observer.onAnswer("v=1");
  peer().observer.onProgress(session::PeerProgress::Secured);
  EXPECT_THAT(heard(), ElementsAre("candidate " + kA + " candidate:1", "answer " + kA + " v=1",
                                   "state " + kA + " garden connecting", "state " + kA + " garden live"));
}

TEST_F(EndpointTest, PassesCandidatesToThePeer) {
  greet();
  open(kA);
  receive(candidate(kA));
  EXPECT_THAT(peer().candidates, ElementsAre(session::IceCandidate{"candidate:1", "0", 0, std::nullopt}));
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_F(EndpointTest, SaysByeToWhoSaysBye) {
  greet();
  open(kA);
  receive(bye(kA));
  EXPECT_THAT(heard(), ElementsAre("bye " + kA + " left"));
  EXPECT_TRUE(peer().isClosing());
}

TEST_F(EndpointTest, SaysWhyASessionEnded) {
  greet();
  open(kA);
  peer().observer.onFailed(session::EndReason::FingerprintMismatch, "");
  EXPECT_THAT(heard(), ElementsAre("bye " + kA + " fingerprint-mismatch"));
}

TEST_F(EndpointTest, NamesAnUnknownCamera) {
  greet();
  receive(offer(kA, "attic"));
  EXPECT_THAT(heard(), ElementsAre("error " + kA + " unknown-camera"));
}

TEST_F(EndpointTest, NamesTheRefusalOfAnOfferAndKeepsNothingOfIt) {
  greet();
  core_.peers.whenOffered = [](auto&) { return session::refuse(session::RefusalCode::UnsupportedOffer, "no H.264"); };
  receive(offer(kA));
  EXPECT_THAT(heard(), ElementsAre("error " + kA + " unsupported-offer"));
  core_.peers.whenOffered = nullptr;
  core_.peers.finishClosing();
  open(kA);
}

TEST_F(EndpointTest, RefusesASecondOfferInOneSession) {
  greet();
  open(kA);
  receive(offer(kA));
  EXPECT_THAT(heard(), ElementsAre("error " + kA + " session-exists"));
  receive(candidate(kA));
  EXPECT_EQ(peer().candidates.size(), 1U);
}

TEST_F(EndpointTest, NamesASessionThatIsUnknown) {
  greet();
  receive(candidate(kA));
  receive(bye(kA));
  EXPECT_THAT(heard(), ElementsAre("error " + kA + " unknown-session", "error " + kA + " unknown-session"));
}

TEST_F(EndpointTest, NamesCandidatesAndByesThatComeTooLate) {
  greet();
  open(kA);
  receive(bye(kA));
  core_.peers.finishClosing();
  receive(candidate(kA));
  receive(bye(kA));
  EXPECT_THAT(heard(), ElementsAre("bye " + kA + " left", "error " + kA + " unknown-session",
                                   "error " + kA + " unknown-session"));
}

TEST_F(EndpointTest, KeepsOneViewerOffAnothersSession) {
  core_.access.grants["other"] = test::viewGrant("other");
  test::FakeChannel otherChannel;
  Endpoint other(services_, otherChannel, {session::SourceId("192.0.2.2")}, base::Secret());
  greet();
  open(kA);
  otherChannel.receive(hello("other"));
  otherChannel.receive(bye(kA));
  otherChannel.receive(candidate(kA));
  EXPECT_EQ(brief(otherChannel.sent.at(1)), "error " + kA + " unknown-session");
  EXPECT_EQ(brief(otherChannel.sent.at(2)), "error " + kA + " unknown-session");
  EXPECT_EQ(core_.registry.active(), 1);
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_F(EndpointTest, NamesTheFirstCandidateBeyondTheLimit) {
  greet();
  open(kA);
  for (int i = 0; i < session::kMaxCandidates; ++i)
    receive(candidate(kA));
  EXPECT_THAT(heard(), IsEmpty());
  receive(candidate(kA));
  EXPECT_THAT(heard(), ElementsAre("error " + kA + " too-many-candidates"));
}

TEST_F(EndpointTest, ReplacesASession) {
  greet();
  open(kA);
  receive(offer(kB, "front", kA));
  EXPECT_THAT(heard(), ElementsAre("bye " + kA + " replaced"));
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(EndpointTest, HoldsSessionsUpToItsLimit) {
  greet();
  for (int i = 0; i < kMaxSessionsPerChannel; ++i)
    open(sessionId(i));
  receive(offer(kA));
  EXPECT_THAT(heard(), ElementsAre("error " + kA + " busy"));
  EXPECT_EQ(core_.registry.active(), kMaxSessionsPerChannel);
}

TEST_F(EndpointTest, DoesNotCountOffersThatWereRefused) {
  greet();
  for (int i = 0; i < kMaxSessionsPerChannel; ++i)
    receive(offer(sessionId(i), "attic"));
  heard();
  open(kA);
}

TEST_F(EndpointTest, HasRoomAgainWhenASessionEnded) {
  greet();
  for (int i = 0; i < kMaxSessionsPerChannel; ++i)
    open(sessionId(i));
  receive(bye(sessionId(0)));
  peer().observer.onFailed(session::EndReason::IceFailed, "");
  core_.peers.finishClosing();
  heard();
  open(kA);
  open(kB);
}

TEST_F(EndpointTest, HasRoomForASessionThatReplacesOne) {
  greet();
  for (int i = 0; i < kMaxSessionsPerChannel; ++i)
    open(sessionId(i));
  receive(offer(kA, "front", sessionId(0)));
  EXPECT_THAT(heard(), ElementsAre("bye " + sessionId(0) + " replaced"));
  receive(offer(kB, "front", sessionId(0)));
  EXPECT_THAT(heard(), ElementsAre("error " + kB + " busy"));
}

TEST_F(EndpointTest, SaysSessionExistsRatherThanBusyWhereItIsFull) {
  greet();
  for (int i = 0; i < kMaxSessionsPerChannel; ++i)
    open(sessionId(i));
  receive(offer(sessionId(3)));
  EXPECT_THAT(heard(), ElementsAre("error " + sessionId(3) + " session-exists"));
  receive(offer(kA));
  EXPECT_THAT(heard(), ElementsAre("error " + kA + " busy"));
}

TEST_F(EndpointTest, NamesTheCommandThatItDoesNotKnow) {
  greet();
  receive(R"({"type":"command","id":"c-1","name":"dance","arguments":{}})");
  ASSERT_EQ(channel_.sent.size(), 2U);
  EXPECT_THAT(channel_.sent[1], HasSubstr(R"("id":"c-1")"));
  EXPECT_THAT(channel_.sent[1], HasSubstr(R"("ok":false)"));
  EXPECT_THAT(channel_.sent[1], HasSubstr(R"("code":"unknown-command")"));
  EXPECT_THAT(channel_.sent[1], HasSubstr("'dance'"));
}

TEST_F(EndpointTest, TellsOfCamerasAfterTheWelcomeOnly) {
  core_.catalogue.setState(base::CameraId("front"), session::CameraState::Starting, "");
  EXPECT_THAT(heard(), IsEmpty());
  greet();
  core_.catalogue.setState(base::CameraId("front"), session::CameraState::Live, "");
  core_.catalogue.setState(base::CameraId("garden"), session::CameraState::Away, "unplugged");
  EXPECT_THAT(heard(), ElementsAre("state front live", "state garden away unplugged"));
}

TEST_F(EndpointTest, TellsOnlyOfCamerasThatTheGrantMayView) {
  core_.access.grants["guest"] = test::viewGrant("guest");
  core_.access.grants["guest"].cameras = {base::CameraId("garden")};
  receive(hello("guest"));
  EXPECT_EQ(channel_.sent.at(0).find("\"front\""), std::string::npos) << channel_.sent[0];
  heard();
  core_.catalogue.setState(base::CameraId("front"), session::CameraState::Live, "");
  core_.catalogue.setState(base::CameraId("garden"), session::CameraState::Live, "");
  EXPECT_THAT(heard(), ElementsAre("state garden live"));
  receive(offer(kA, "front"));
  EXPECT_THAT(heard(), ElementsAre("error " + kA + " forbidden"));
}

TEST_F(EndpointTest, TellsNothingOfCamerasOnceTheGrantIsRevoked) {
  greet();
  core_.access.revoked.insert(session::GrantId("anyone"));
  core_.catalogue.setState(base::CameraId("front"), session::CameraState::Live, "");
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_F(EndpointTest, TellsThatACameraRepeatsOnePicture) {
  greet();
  auto camera = test::cameraInfo("front");
  camera.state = session::CameraState::Live;
  camera.isFrozen = true;
  core_.catalogue.put(camera);
  EXPECT_THAT(channel_.sent.back(), HasSubstr(R"("frozen":true)"));
  camera.isFrozen = false;
  core_.catalogue.put(camera);
  EXPECT_THAT(channel_.sent.back(), Not(HasSubstr("frozen")));
}

TEST_F(EndpointTest, TellsAnAdminWhatIsWrongAroundTheDeviceAndThatItIsOver) {
  core_.access.grants["owner"] = test::grantOf("owner", {session::Right::View, session::Right::Admin});
  core_.troubles.set(session::DeviceTrouble::Memory, true);
  greet("owner");
  EXPECT_THAT(channel_.sent.back(), HasSubstr(R"("troubles":["memory"])"));
  core_.troubles.set(session::DeviceTrouble::Disk, true);
  EXPECT_EQ(channel_.sent.back(), R"({"type":"device","troubles":["disk","memory"]})");
  core_.troubles.set(session::DeviceTrouble::Disk, false);
  core_.troubles.set(session::DeviceTrouble::Memory, false);
  EXPECT_EQ(channel_.sent.back(), R"({"type":"device","troubles":[]})");
  EXPECT_THAT(heard(), ElementsAre("device", "device", "device"));
}

TEST_F(EndpointTest, TellsAMereViewerNothingOfWhatIsWrongAroundTheDevice) {
  core_.troubles.set(session::DeviceTrouble::Disk, true);
  greet();
  EXPECT_THAT(channel_.sent.back(), Not(HasSubstr("troubles")));
  core_.troubles.set(session::DeviceTrouble::Memory, true);
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_F(EndpointTest, TellsAnAdminNothingMoreOnceTheirGrantIsRevoked) {
  core_.access.grants["owner"] = test::grantOf("owner", {session::Right::Admin});
  greet("owner");
  core_.access.revoked.insert(session::GrantId("owner"));
  core_.troubles.set(session::DeviceTrouble::Disk, true);
  EXPECT_THAT(heard(), IsEmpty());
}

TEST_F(EndpointTest, TellsWhoMayViewThatCameraThatSomebodyRings) {
  session::Grant gardener = test::viewGrant("gardener");
  gardener.cameras = std::set{base::CameraId("garden")};
  core_.access.grants["gardener"] = gardener;
  greet("gardener");
  core_.rings.begin({base::InputId("bell"), "Front", base::CameraId("front"), {}, core_.clock.now(), {}});
  EXPECT_THAT(heard(), IsEmpty());
  core_.rings.begin({base::InputId("shed"), "Shed", base::CameraId("garden"), {}, core_.clock.now(), {}});
  EXPECT_EQ(channel_.sent.back(), R"({"type":"ring","input":"shed","name":"Shed","camera":"garden","age":0})");
}

TEST_F(EndpointTest, TellsWhoComesLaterThatSomebodyHasRungUntilItIsAnswered) {
  core_.rings.begin({base::InputId("bell"), "Front", base::CameraId("front"), {}, core_.clock.now(), {}});
  core_.clock.advance(std::chrono::seconds(7));
  greet();
  EXPECT_THAT(channel_.sent.back(), HasSubstr(R"("rings":[{"input":"bell","name":"Front","camera":"front","age":7}])"));
  core_.rings.answer(base::InputId("bell"), "Grandma");
  EXPECT_THAT(channel_.sent.back(), HasSubstr(R"("answered":"Grandma")"));
}

TEST_F(EndpointTest, TellsWhoMayOpenWhatThereIsToOpen) {
  session::Grant gardener = test::grantOf("gardener", {session::Right::View, session::Right::Open});
  gardener.cameras = std::set{base::CameraId("garden")};
  core_.access.grants["gardener"] = gardener;
  greet("gardener");
  EXPECT_THAT(
      channel_.sent.back(),
      HasSubstr(R"("outputs":[{"id":"gate","name":"Gate","camera":"garden"},{"id":"cellar","name":"Cellar"}])"));
}

TEST_F(EndpointTest, DoesNotTellOfDoorsWhoMayNotOpenThem) {
  greet();
  EXPECT_THAT(channel_.sent.back(), Not(HasSubstr("outputs")));
}

TEST_F(EndpointTest, CarriesOutACommandForWhoMay) {
  core_.access.grants["owner"] = test::grantOf("owner", {session::Right::View, session::Right::Admin});
  greet("owner");
  receive(R"({"type":"command","id":"c-1","name":"share","arguments":{"name":"tablet","rights":["view"]}})");
  EXPECT_THAT(channel_.sent.back(), HasSubstr(R"("id":"c-1","ok":true,"value":{)"));
  EXPECT_THAT(channel_.sent.back(), HasSubstr(R"("token":"token-1")"));
  receive(R"({"type":"command","id":"c-2","name":"revoke","arguments":{"token":"id-1"}})");
  EXPECT_EQ(channel_.sent.back(), R"({"type":"result","id":"c-2","ok":true})");
}

TEST_F(EndpointTest, TellsWhenASessionShowsTheCameraThatWasAskedFor) {
  greet();
  open(kA);
  peer().observer.onAnswer("v=0");
  peer().observer.onProgress(session::PeerProgress::Secured);
  heard();
  receive(R"({"type":"command","id":"c","name":"switch","arguments":{"session":")" + kA + R"(","camera":"garden"}})");
  EXPECT_EQ(channel_.sent.back(), R"({"type":"result","id":"c","ok":true})");
  EXPECT_THAT(heard(), ElementsAre("result c"));
  peer().observer.onShown();
  EXPECT_THAT(heard(), ElementsAre("state " + kA + " garden live"));
}

TEST_F(EndpointTest, RefusesACommandToWhoMayNot) {
  greet();
  receive(R"({"type":"command","id":"c-1","name":"viewers"})");
  EXPECT_THAT(channel_.sent.back(), HasSubstr(R"("id":"c-1","ok":false,"error":{"code":"forbidden")"));
}

TEST_F(EndpointTest, SaysWhichArgumentOfACommandIsWrong) {
  greet();
  receive(R"({"type":"command","id":"c-1","name":"revoke"})");
  EXPECT_THAT(channel_.sent.back(),
              HasSubstr(R"("code":"bad-command","message":"cannot run command 'revoke': argument )"
                        R"('token' is missing; nothing was done")"));
}

TEST_F(EndpointTest, SaysOnceThatAViewerIsTooFast) {
  greet();
  for (unsigned i = 0; i < 2 * kBurst; ++i)
    receive(bye(kA));
  auto words = heard();
  ASSERT_EQ(words.size(), std::size_t(kBurst));  // hello was the first of the burst
  EXPECT_EQ(words.back(), "error rate-limited");
  core_.clock.advance(1s);
  receive(bye(kA));
  EXPECT_THAT(heard(), ElementsAre("error " + kA + " unknown-session"));
  EXPECT_FALSE(channel_.closed);
}

TEST_F(EndpointTest, CountsMessagesThatAreTooLargeAgainstTheRate) {
  greet();
  channel_.receiveTooLarge();
  EXPECT_THAT(heard(), ElementsAre("error too-large"));
  for (unsigned i = 0; i < 2 * kBurst; ++i)
    channel_.receiveTooLarge();
  EXPECT_EQ(heard().back(), "error rate-limited");
  for (int i = 0; i < 10'000; ++i)
    channel_.receiveTooLarge();
  EXPECT_TRUE(channel_.closed);
}

TEST_F(EndpointTest, SurvivesTenThousandCandidatesAndClosesTheChannelButNoSession) {
  greet();
  open(kA);
  for (int i = 0; i < 10'000; ++i)
    receive(candidate(kA));
  EXPECT_TRUE(channel_.closed);
  EXPECT_LE(channel_.sent.size(), kBurst + 10U);
  EXPECT_EQ(peer().candidates.size(), static_cast<std::size_t>(session::kMaxCandidates));
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(EndpointTest, LimitsWhatCannotBeReadAsWell) {
  for (int i = 0; i < 10'000; ++i)
    receive("{");
  EXPECT_TRUE(channel_.closed);
  EXPECT_LE(channel_.sent.size(), kBurst + 1U);
}

}  // namespace
}  // namespace fanlight::signaling
