// SPDX-License-Identifier: Apache-2.0
// Watching over WHEP, from the offer to the end, with a peer that does what the test says.
#include "http/whep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace fanlight::http {
namespace {

using namespace std::chrono_literals;
using test::Answer;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr const char* kOffer = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=ice-ufrag:viewer\r\n";
constexpr const char* kAnswer = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=sendonly\r\n";
constexpr const char* kCandidate = "candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host";
constexpr const char* kFragment =
    "a=ice-ufrag:viewer\r\na=ice-pwd:0123456789012345678901\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n"
    "a=candidate:7 1 UDP 2015363327 192.0.2.7 50000 typ host\r\n";

class WhepTest : public test::ServerFixture {
 protected:
  void SetUp() override {
    options_.times.candidates = 1h;  // a test ends the waiting itself, or sets less
    start();
  }

  std::string post(const std::string& camera = "front", const std::vector<Header>& more = {}) const {
    std::vector<Header> headers = {{"Content-Type", "application/sdp"}};
    headers.insert(headers.end(), more.begin(), more.end());
    return request("POST", "/whep/" + camera, headers, kOffer);
  }
  /// A client whose offer has come to a peer.
  test::RawClient offer() {
    const std::size_t before = core_.peers.peers.size();
    test::RawClient client = connect();
    client.send(post());
    runUntil("the offer", [&] { return core_.peers.peers.size() > before; });
    return client;
  }
  session::PeerObserver& peer() { return core_.peers.last().observer; }
  static session::IceCandidate candidate() { return {kCandidate, "0", 0, {}}; }

  /// A session that was answered.
  Answer open() {
    test::RawClient client = offer();
    peer().onAnswer(kAnswer);
    peer().onCandidate(candidate());
    peer().onCandidate({});
    return answerTo(client);
  }
  Answer patch(const Answer& session, const std::string& body, std::vector<Header> headers = {}) {
    headers.push_back({"Content-Type", "application/trickle-ice-sdpfrag"});
    return ask("PATCH", session.header("Location"), headers, body);
  }
};

TEST_F(WhepTest, AnswersAnOfferWithItsCandidates) {
  const Answer answer = open();
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(core_.peers.last().offer, kOffer);
  EXPECT_EQ(core_.peers.last().camera.value(), "front");
  EXPECT_EQ(answer.header("Content-Type"), "application/sdp");
  EXPECT_THAT(answer.header("Location"), MatchesRegex("/whep/front/[0-9a-f]{32}"));
  EXPECT_THAT(answer.header("ETag"), MatchesRegex("\"[0-9a-f]{32}\""));
  EXPECT_EQ(answer.header("Accept-Patch"), "application/trickle-ice-sdpfrag");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_FALSE(answer.has("Link"));
  EXPECT_EQ(answer.body, std::string(kAnswer) + "a=" + kCandidate + "\r\na=end-of-candidates\r\n");
}

TEST_F(WhepTest, OpensByAKeyASessionLikeAnyOther) {
  core_.access.keys["abc"] = test::viewGrant("recorder");
  test::RawClient client = connect();
  client.send(request("POST", "/k/abc/whep/front/", {{"Content-Type", "application/sdp"}}, kOffer));
  runUntil("the offer", [this] { return !core_.peers.peers.empty(); });
  peer().onAnswer(kAnswer);
  peer().onCandidate({});
  const Answer answer = answerTo(client);
  EXPECT_EQ(answer.status, 201);
  EXPECT_THAT(answer.header("Location"), MatchesRegex("/whep/front/[0-9a-f]{32}"));
  EXPECT_EQ(answer.header("Cache-Control"), "no-store") << "once";
  EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(ask("OPTIONS", answer.header("Location")).status, 200);
  EXPECT_EQ(ask("OPTIONS", "/k/abc/whep/front").header("Allow"), "GET, HEAD, OPTIONS, POST");
  EXPECT_EQ(ask("OPTIONS", "/k/abd/whep/front").status, 401);
  EXPECT_EQ(ask("DELETE", answer.header("Location")).status, 200);
}

TEST_F(WhepTest, TellsThatACameraIsAwayAndWhenToTryAgain) {
  const base::CameraId front("front");
  core_.catalogue.setState(front, session::CameraState::Away, "it was unplugged");
  const Answer away = test::parseAnswer(exchange(post()));
  EXPECT_EQ(away.status, 409);
  EXPECT_EQ(away.header("Retry-After"), "5");
  EXPECT_EQ(away.body, "camera 'front' gives no picture now: it was unplugged; try again in 5 seconds\n");
  EXPECT_TRUE(core_.peers.peers.empty());
  EXPECT_EQ(ask("OPTIONS", "/whep/front").status, 200);
  for (const auto state : {session::CameraState::Idle, session::CameraState::Starting, session::CameraState::Live}) {
    core_.catalogue.setState(front, state, "");
    offer();
  }
  EXPECT_EQ(core_.peers.peers.size(), 3u);
}

TEST_F(WhepTest, GivesEachSessionItsOwnUrlAndTag) {
  const Answer first = open();
  const Answer second = open();
  EXPECT_NE(first.header("Location"), second.header("Location"));
  EXPECT_NE(first.header("ETag"), second.header("ETag"));
}

TEST_F(WhepTest, TakesCandidatesThatComeBeforeTheAnswer) {
  test::RawClient client = offer();
  peer().onCandidate(candidate());
  peer().onCandidate({});
  EXPECT_EQ(client.received(), "");
  peer().onAnswer(kAnswer);
  EXPECT_EQ(answerTo(client).body, std::string(kAnswer) + "a=" + kCandidate + "\r\na=end-of-candidates\r\n");
}

TEST_F(WhepTest, WaitsForCandidatesNoLongerThanItsLimit) {
  options_.times.candidates = 50ms;
  start();
  test::RawClient client = offer();
  peer().onAnswer(kAnswer);
  peer().onCandidate(candidate());
  const Answer answer = answerTo(client);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, std::string(kAnswer) + "a=" + kCandidate + "\r\n") << "not the end of candidates";
  peer().onCandidate({});
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(WhepTest, NamesItsIceServers) {
  core_.iceServers.list.servers = {
      {{"stun:stun.example:3478"}, "", {}},
      {{"turn:turn.example?transport=udp", "turn:turn.example?transport=tcp"}, "us\"er", {}}};
  const auto link = [](const std::string& credential) {
    const std::string with =
        "; rel=\"ice-server\"; username=\"us\\\"er\"; credential=\"" + credential + "\"; credential-type=\"password\"";
    return "<stun:stun.example:3478>; rel=\"ice-server\" | <turn:turn.example?transport=udp>" + with +
           " | <turn:turn.example?transport=tcp>" + with;
  };
  EXPECT_EQ(open().header("Link"), link("1"));
  EXPECT_EQ(ask("OPTIONS", "/whep/front").header("Link"), link("2")) << "with credentials of its own";
}

TEST_F(WhepTest, DescribesWhatCanBePosted) {
  const Answer options = ask("OPTIONS", "/whep/front");
  EXPECT_EQ(options.status, 200);
  EXPECT_EQ(options.header("Accept-Post"), "application/sdp");
  EXPECT_EQ(options.header("Allow"), "GET, HEAD, OPTIONS, POST");
  for (const char* method : {"GET", "HEAD"}) {
    const Answer answer = ask(method, "/whep/front");
    EXPECT_EQ(answer.status, 200) << method;
    EXPECT_EQ(answer.header("Content-Type"), "application/sdp") << method;
    EXPECT_EQ(answer.body, "") << method;
  }
}

TEST_F(WhepTest, DescribesASession) {
  const std::string url = open().header("Location");
  const Answer options = ask("OPTIONS", url);
  EXPECT_EQ(options.status, 200);
  EXPECT_EQ(options.header("Accept-Patch"), "application/trickle-ice-sdpfrag");
  EXPECT_EQ(options.header("Allow"), "GET, HEAD, OPTIONS, PATCH, DELETE");
  EXPECT_EQ(ask("GET", url).status, 200);
}

TEST_F(WhepTest, KnowsItsCameras) {
  for (const char* camera : {"cellar", "Front", "front%20", "front%00"})
    for (const char* method : {"OPTIONS", "GET"})
      EXPECT_THAT(ask(method, std::string("/whep/") + camera).status, ::testing::AnyOf(404, 400))
          << method << " " << camera;
  EXPECT_EQ(test::parseAnswer(exchange(post("cellar"))).status, 404);
  EXPECT_EQ(test::parseAnswer(exchange(post("Front"))).status, 404);
  EXPECT_EQ(test::parseAnswer(exchange(post("c%C3%A4mera"))).status, 404);
}

TEST_F(WhepTest, TakesOnlySdp) {
  for (const char* type : {"application/json", "text/plain", "application/sdpx", "multipart/form-data"}) {
    const Answer answer = ask("POST", "/whep/front", {{"Content-Type", type}}, kOffer);
    EXPECT_EQ(answer.status, 415) << type;
    EXPECT_EQ(answer.header("Accept-Post"), "application/sdp");
  }
  EXPECT_EQ(ask("POST", "/whep/front", {}, kOffer).status, 415);
  EXPECT_TRUE(core_.peers.peers.empty());
  test::RawClient client = connect();
  client.send(request("POST", "/whep/front", {{"Content-Type", "Application/SDP; charset=utf-8"}}, kOffer));
  runUntil("the offer", [this] { return !core_.peers.peers.empty(); });
}

TEST_F(WhepTest, TakesAnSdpOfTheLimitAndNoneAbove) {
  std::string sdp(signaling::kMaxSdpBytes, 'x');
  EXPECT_EQ(ask("POST", "/whep/front", {{"Content-Type", "application/sdp"}}, sdp + "x").status, 413);
  EXPECT_TRUE(core_.peers.peers.empty());
  test::RawClient client = connect();
  client.send(request("POST", "/whep/front", {{"Content-Type", "application/sdp"}}, sdp));
  runUntil("the offer", [this] { return !core_.peers.peers.empty(); });
  EXPECT_EQ(core_.peers.last().offer, sdp);
}

struct RefusalRow {
  session::RefusalCode code;
  int status;
};

TEST_F(WhepTest, TellsWhyAnOfferIsRefused) {
  using session::RefusalCode;
  for (const RefusalRow& row : {RefusalRow{RefusalCode::BadOffer, 422}, RefusalRow{RefusalCode::UnsupportedOffer, 422},
                                RefusalRow{RefusalCode::UnknownCamera, 404}, RefusalRow{RefusalCode::Busy, 503},
                                RefusalRow{RefusalCode::Unauthorized, 401}, RefusalRow{RefusalCode::Forbidden, 403},
                                RefusalRow{RefusalCode::Internal, 500}}) {
    core_.peers.whenOffered = [&row](test::PeerHandle&) { return session::refuse(row.code, "this is why"); };
    const Answer answer = test::parseAnswer(exchange(post()));
    EXPECT_EQ(answer.status, row.status);
    EXPECT_EQ(answer.body, "this is why\n");
    EXPECT_EQ(answer.has("Retry-After"), row.status == 503);
    EXPECT_EQ(answer.has("WWW-Authenticate"), row.status == 401);
  }
}

TEST_F(WhepTest, TellsWhoIsOneTooManyToTryAgain) {
  std::vector<test::RawClient> clients;
  for (int i = 0; i < 16; ++i) {
    clients.push_back(offer());
    peer().onAnswer(kAnswer);
    peer().onCandidate({});
    answerTo(clients.back());
  }
  const Answer answer = test::parseAnswer(exchange(post()));
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "5");
  EXPECT_THAT(answer.body, HasSubstr("no room for another viewer"));
}

TEST_F(WhepTest, TellsWhenASessionEndsBeforeItIsAnswered) {
  using session::EndReason;
  test::RawClient failed = offer();
  peer().onFailed(EndReason::NegotiationFailed, "");
  EXPECT_EQ(answerTo(failed).status, 422);

  test::RawClient late = offer();
  core_.clock.advance(11s);
  core_.registry.tick();
  const Answer answer = answerTo(late);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "5");

  test::RawClient broken = offer();
  peer().onFailed(EndReason::Internal, "");
  EXPECT_EQ(answerTo(broken).status, 500);
}

TEST_F(WhepTest, TellsWhenASessionEndsWhileItsOfferIsLookedAt) {
  core_.peers.whenOffered = [](test::PeerHandle& handle) -> session::Answered<void> {
    handle.observer.onFailed(session::EndReason::NegotiationFailed, "");
    return {};
  };
  EXPECT_EQ(test::parseAnswer(exchange(post())).status, 422);
}

TEST_F(WhepTest, AnswersAPeerThatAnswersAtOnce) {
  core_.peers.whenOffered = [](test::PeerHandle& handle) -> session::Answered<void> {
    handle.observer.onCandidate(candidate());
    handle.observer.onCandidate({});
    handle.observer.onAnswer(kAnswer);
    return {};
  };
  EXPECT_EQ(test::parseAnswer(exchange(post())).status, 201);
}

TEST_F(WhepTest, FreesTheSessionOfAClientThatLeavesBeforeItsAnswer) {
  test::RawClient client = offer();
  client = test::RawClient();
  runUntil("the end of the session", [this] { return core_.peers.last().isClosing(); });
  EXPECT_EQ(core_.registry.active(), 0);
  runUntilNoConnections();
}

TEST_F(WhepTest, KeepsTheSessionOfAClientThatLeavesAfterItsAnswer) {
  open();
  runUntilNoConnections();
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(WhepTest, IgnoresBytesBehindAnOfferThatWaits) {
  test::RawClient client = connect();
  client.send(post() + "GET / HTTP/1.1\r\n");
  runUntil("the offer", [this] { return !core_.peers.peers.empty(); });
  while (context_.iterate(false)) {
  }
  peer().onAnswer(kAnswer);
  peer().onCandidate({});
  EXPECT_EQ(answerTo(client).status, 201);
}

TEST_F(WhepTest, TakesTrickledCandidates) {
  const Answer session = open();
  const Answer answer = patch(session, kFragment, {{"If-Match", session.header("ETag")}});
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.body, "");
  EXPECT_FALSE(answer.has("ETag"));
  EXPECT_FALSE(answer.has("Content-Length"));
  ASSERT_EQ(core_.peers.last().candidates.size(), 1u);
  EXPECT_EQ(core_.peers.last().candidates[0].candidate, "candidate:7 1 UDP 2015363327 192.0.2.7 50000 typ host");
  EXPECT_EQ(core_.peers.last().candidates[0].sdpMid, "0");
}

TEST_F(WhepTest, TakesTheEndOfCandidatesAndAnyTag) {
  const Answer session = open();
  EXPECT_EQ(patch(session, std::string(kFragment) + "a=end-of-candidates\r\n", {{"If-Match", "*"}}).status, 204);
  ASSERT_EQ(core_.peers.last().candidates.size(), 2u);
  EXPECT_EQ(core_.peers.last().candidates[1].candidate, "");
}

TEST_F(WhepTest, NeedsTheTagOfTheSession) {
  const Answer session = open();
  EXPECT_EQ(patch(session, kFragment).status, 428);
  EXPECT_EQ(patch(session, kFragment, {{"If-Match", "\"another\""}}).status, 412);
  EXPECT_EQ(patch(session, kFragment, {{"If-Match", "W/" + session.header("ETag")}}).status, 412);
  EXPECT_TRUE(core_.peers.last().candidates.empty());
}

TEST_F(WhepTest, RestartsNoIceAndKeepsTheSession) {
  const Answer session = open();
  std::string restart = kFragment;
  restart.replace(restart.find("viewer"), 6, "another");
  const Answer answer = patch(session, restart, {{"If-Match", "*"}});
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.body, HasSubstr("ICE cannot be restarted"));
  EXPECT_TRUE(core_.peers.last().candidates.empty());
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(WhepTest, RefusesFragmentsThatAreNone) {
  const Answer session = open();
  const Header any{"If-Match", "*"};
  EXPECT_EQ(patch(session, "not a fragment", {any}).status, 422);
  EXPECT_EQ(ask("PATCH", session.header("Location"), {any, {"Content-Type", "application/sdp"}}, kFragment).status,
            415);
  EXPECT_EQ(ask("PATCH", session.header("Location"), {any}, kFragment).status, 415);
  EXPECT_EQ(patch(session, std::string(1 << 20, 'a'), {any}).status, 413);
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_F(WhepTest, TakesNoMoreCandidatesThanASessionMayHave) {
  const Answer session = open();
  int taken = 0;
  for (; taken < 200 && patch(session, kFragment, {{"If-Match", "*"}}).status == 204; ++taken) {
  }
  EXPECT_EQ(taken, session::kMaxCandidates);
  EXPECT_EQ(patch(session, kFragment, {{"If-Match", "*"}}).status, 413);
  EXPECT_EQ(core_.peers.last().candidates.size(), static_cast<std::size_t>(session::kMaxCandidates));
}

TEST_F(WhepTest, EndsASession) {
  const std::string url = open().header("Location");
  EXPECT_EQ(ask("DELETE", url).status, 200);
  EXPECT_TRUE(core_.peers.last().isClosing());
  for (const char* method : {"DELETE", "GET", "OPTIONS"})
    EXPECT_EQ(ask(method, url).status, 404) << method;
  EXPECT_EQ(ask("PATCH", url, {{"If-Match", "*"}}, kFragment).status, 404);
}

TEST_F(WhepTest, ForgetsASessionThatEndsByItself) {
  const std::string url = open().header("Location");
  peer().onFailed(session::EndReason::IceFailed, "");
  EXPECT_EQ(ask("DELETE", url).status, 404);
}

TEST_F(WhepTest, KnowsASessionByItsUrlOnly) {
  const std::string url = open().header("Location");
  std::string ofAnotherCamera = url;
  ofAnotherCamera.replace(ofAnotherCamera.find("front"), 5, "garden");
  for (const std::string& wrong : {ofAnotherCamera, url.substr(0, url.size() - 1), url + "0", url + "/"})
    EXPECT_THAT(ask("DELETE", wrong).status, ::testing::AnyOf(404, 405)) << wrong;
  EXPECT_FALSE(core_.peers.last().isClosing());
}

TEST_F(WhepTest, AsksForATokenToOpenAndForNoneAfterwards) {
  core_.access.grants = {{"secret", test::viewGrant("guest")}};
  const Answer refused = test::parseAnswer(exchange(post()));
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.header("WWW-Authenticate"), "Bearer");
  EXPECT_EQ(ask("OPTIONS", "/whep/front").status, 401);
  test::RawClient client = connect();
  client.send(post("front", {{"Authorization", "Bearer secret"}}));
  runUntil("the offer", [this] { return !core_.peers.peers.empty(); });
  peer().onAnswer(kAnswer);
  peer().onCandidate({});
  const Answer session = answerTo(client);
  EXPECT_EQ(session.status, 201);
  EXPECT_EQ(patch(session, kFragment, {{"If-Match", "*"}}).status, 204);
  EXPECT_EQ(ask("DELETE", session.header("Location")).status, 200);
}

TEST_F(WhepTest, NeverAnswers400Or406ToAPlayer) {
  for (const std::string& bytes :
       {post("nowhere"), request("POST", "/whep/front", {}, "x"), request("PUT", "/whep/front", {}, "x"),
        request("POST", "/whep/front", {{"Content-Type", "application/sdp"}}, std::string(100000, 'x')),
        request("PATCH", "/whep/front/0123456789abcdef", {}, "x"), request("DELETE", "/whep/front/x"),
        request("POST", "/whep/front", {{"Accept", "text/html"}}, "x")})
    EXPECT_THAT(test::parseAnswer(exchange(bytes)).status, AllOf(::testing::Ge(401), Not(406))) << bytes.substr(0, 60);
}

}  // namespace
}  // namespace fanlight::http
