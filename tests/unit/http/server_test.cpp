// SPDX-License-Identifier: Apache-2.0
// What the device answers, over real sockets.
#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"
#include "http/web_socket_frames.h"
#include "signaling/codec.h"

namespace fanlight::http {
namespace {

using test::Answer;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ServerTest : public test::ServerFixture {};

TEST_F(ServerTest, TellsWhereItListens) {
  options_.listen = {{"127.0.0.1", 0}, {"::1", 0}};
  start();
  ASSERT_EQ(server_->urls().size(), 2u);
  EXPECT_THAT(server_->urls()[0], ::testing::MatchesRegex("http://127\\.0\\.0\\.1:[1-9][0-9]*/"));
  EXPECT_THAT(server_->urls()[1], ::testing::MatchesRegex("http://\\[::1\\]:[1-9][0-9]*/"));
}

TEST_F(ServerTest, ServesEverybodyAtTheWildcardOfIpv6) {
  options_.listen = {{"::", 0}};
  start();
  address_ = "127.0.0.1" + address_.substr(address_.rfind(':'));
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
}

TEST_F(ServerTest, TakesTheWildcardsOfBothFamiliesBesideEachOther) {
  const auto portOf = [](const std::string& address) {
    return base::parseAddress("127.0.0.1" + address.substr(address.rfind(':')))->port;
  };
  std::optional<base::Error> refused;
  // Between its two listeners somebody else on this machine may take the port, which is one that is given to whom asks.
  for (int attempt = 0; attempt < 10; ++attempt) {
    options_.listen = {{"::", 0}};
    start();
    const std::uint16_t port = portOf(address_);
    options_.listen = {{"::", port}, {"0.0.0.0", port}};
    server_.reset();
    server_ =
        std::make_unique<Server>(context_, options_, services_, stills_, figures_, page_, [] { return std::nullopt; });
    const auto listening = server_->listen();
    if (listening) {
      EXPECT_EQ(server_->urls().size(), 2u);
      return;
    }
    refused = listening.error();
  }
  FAIL() << refused->message;
}

TEST_F(ServerTest, NamesTheListenerThatCannotBeHad) {
  Server second(context_, Options{.listen = {*base::parseAddress(address_)}}, services_, stills_, figures_, page_,
                [] { return std::nullopt; });
  const auto listening = second.listen();
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().code, base::ErrorCode::Unavailable);
  EXPECT_THAT(listening.error().message, HasSubstr("'" + address_ + "'"));
}

TEST_F(ServerTest, SaysThatItIsAlive) {
  const Answer answer = ask("GET", "/healthz");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "ok\n");
}

TEST_F(ServerTest, TellsItsFiguresToWhoMayReadThem) {
  core_.access.grants["scraper"] = test::grantOf("scraper", {session::Right::Metrics});
  figures_.told.version = "1.2.3";
  const Answer answer = ask("GET", "/metrics", {{"Authorization", "Bearer scraper"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_THAT(answer.body, HasSubstr("fanlight_build_info{version=\"1.2.3\"} 1\n"));
}

TEST_F(ServerTest, TellsItsFiguresToNobodyWhoMayOnlyWatch) {
  const Answer answer = ask("GET", "/metrics");
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(answer.body, ::testing::Not(HasSubstr("fanlight_")));
}

TEST_F(ServerTest, SaysWhetherItIsReadyAndWhyNot) {
  EXPECT_EQ(ask("GET", "/readyz").status, 200);
  unready_ = "no camera has been found";
  const Answer answer = ask("GET", "/readyz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, "no camera has been found\n");
}

TEST_F(ServerTest, ListsTheCameras) {
  const Answer answer = ask("GET", "/api/v1/cameras");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_EQ(answer.body, signaling::encodeCameras(services_.device, core_.catalogue.cameras()));
}

TEST_F(ServerTest, ListsOnlyTheCamerasThatTheTokenIsFor) {
  core_.access.grants = {{"guest", test::grantOf("guest", {session::Right::View}, std::set{base::CameraId("front")})}};
  const Answer answer = ask("GET", "/api/v1/cameras", {{"Authorization", "Bearer guest"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("\"front\""));
  EXPECT_THAT(answer.body, ::testing::Not(HasSubstr("garden")));
  EXPECT_EQ(ask("GET", "/api/v1/cameras").status, 401);
}

TEST_F(ServerTest, SendsAStillWithItsAge) {
  core_.clock.advance(std::chrono::seconds(7));
  stills_.still.taken = core_.clock.now() - std::chrono::milliseconds(2500);
  for (const char* path : {"/api/v1/cameras/front/snapshot.jpg", "/api/v1/cameras/front/poster.jpg"}) {
    const Answer answer = ask("GET", path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(answer.header("Content-Type"), "image/jpeg");
    EXPECT_EQ(answer.header("Age"), "2");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    EXPECT_EQ(answer.body, "a file");
  }
}

TEST_F(ServerTest, HasNothingToSayOfACameraWithoutAPicture) {
  stills_.still.jpeg = nullptr;
  const Answer answer = ask("GET", "/api/v1/cameras/front/poster.jpg");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_EQ(answer.body, "");
}

TEST_F(ServerTest, SaysWhyThereIsNoStill) {
  const char* path = "/api/v1/cameras/garden/snapshot.jpg";
  const Answer missing = ask("GET", path);
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.body, "no picture\n");
  stills_.trouble = {base::ErrorCode::Unavailable, "the camera is away"};
  const Answer away = ask("GET", path);
  EXPECT_EQ(away.status, 503);
  EXPECT_NE(away.header("Retry-After"), "");
  EXPECT_EQ(away.body, "the camera is away\n");
}

TEST_F(ServerTest, SendsThePage) {
  const Answer answer = ask("GET", "/?camera=front");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(answer.body, "<!doctype html>\n<title>test</title>\n");
  EXPECT_EQ(ask("GET", "/", {{"If-None-Match", answer.header("ETag")}}).status, 304);
}

TEST_F(ServerTest, AnswersHeadAsGetWithoutTheBody) {
  const Answer get = ask("GET", "/page.js");
  const Answer head = ask("HEAD", "/page.js");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.header("Content-Length"), std::to_string(get.body.size()));
  EXPECT_EQ(head.header("ETag"), get.header("ETag"));
}

TEST_F(ServerTest, HasNothingElse) {
  for (const char* path : {"/nothing", "/api/v2/cameras", "/whep", "/page.js/", "/index.html/x"}) {
    const Answer answer = ask("GET", path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_LT(answer.body.size(), 100u) << path;
  }
}

TEST_F(ServerTest, LeavesItsFilesByNoPath) {
  for (const char* path : {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%252e%252e/secret.txt",
                           "/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "//secret.txt",
                           "/..\\secret.txt", "/page.js%00.html", "/%00"})
    EXPECT_THAT(ask("GET", path).status, ::testing::AnyOf(400, 404)) << path;
}

TEST_F(ServerTest, IgnoresRanges) {
  const Answer answer = ask("GET", "/page.js", {{"Range", "bytes=0-1,2-3,0-,-5"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "text/javascript; charset=utf-8");
}

TEST_F(ServerTest, SaysWhichMethodsAPathKnows) {
  const Answer answer = ask("DELETE", "/healthz");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("Allow"), "GET, HEAD");
}

TEST_F(ServerTest, AnswersToNoOtherName) {
  const auto named = [this](const std::string& host) {
    return test::parseAnswer(exchange("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).status;
  };
  EXPECT_EQ(named("evil.example"), 421);
  EXPECT_EQ(named("cam.example"), 200);
  EXPECT_EQ(named("localhost:1"), 200);
  EXPECT_EQ(test::parseAnswer(exchange("GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")).status,
            421);
  EXPECT_EQ(test::parseAnswer(exchange("GET http://localhost/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n")).status,
            421);
  EXPECT_EQ(test::parseAnswer(exchange("GET http://localhost/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")).status,
            200);
}

TEST_F(ServerTest, EndsEachConnectionAfterItsResponseAndSaysSo) {
  const std::string first = request("GET", "/healthz");
  const std::string all = exchange(first + first);
  EXPECT_EQ(test::parseAnswer(all).header("Connection"), "close");
  EXPECT_EQ(test::parseAnswer(all).body, "ok\n") << "the second request was answered as well";
  runUntilNoConnections();
}

/// The name of each response, and how it is had.
struct Ask {
  const char* name;
  std::string bytes;
};

TEST_F(ServerTest, ProtectsEveryResponse) {
  const std::string page = request("GET", "/");
  const std::vector<Ask> asks = {
      {"the page", page},
      {"a refusal", request("POST", "/whep/front", {{"Origin", "http://evil.example"}}, "v=0")},
      {"a missing file", request("GET", "/nothing")},
      {"a wrong method", request("PUT", "/")},
      {"another host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"},
      {"a body too long", request("POST", "/whep/front", {{"Content-Length", "1000000"}})},
      {"what is not HTTP", "GARBAGE\r\n\r\n"},
      {"a path with a way out", request("GET", "/%2e%2e/x")},
      {"the list", request("GET", "/api/v1/cameras")},
  };
  for (const Ask& one : asks) {
    const Answer answer = test::parseAnswer(exchange(one.bytes));
    ASSERT_NE(answer.status, 0) << one.name;
    EXPECT_THAT(answer.header("Content-Security-Policy"), StartsWith("default-src 'none'; script-src 'self'; "))
        << one.name;
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << one.name;
    EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer") << one.name;
    EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin") << one.name;
    EXPECT_EQ(answer.header("Permissions-Policy"), "camera=(), geolocation=(), microphone=(self)") << one.name;
    EXPECT_EQ(answer.header("Connection"), "close") << one.name;
    EXPECT_FALSE(answer.has("Server")) << one.name;
    EXPECT_FALSE(answer.has("Access-Control-Allow-Origin")) << one.name;
  }
}

TEST_F(ServerTest, LetsItsPageConnectToItselfOnly) {
  EXPECT_EQ(ask("GET", "/").header("Content-Security-Policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
            "media-src 'self' blob:; connect-src 'self' ws://" +
                address_ + "; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
}

TEST_F(ServerTest, LetsThoseFrameItsEmbeddedPageWhoMayUseTheDevice) {
  EXPECT_THAT(ask("GET", "/?embed").header("Content-Security-Policy"), EndsWith("; frame-ancestors 'none'"));
  options_.origins = {"https://home.example:8123", "http://wall.example"};
  start();
  for (const char* framed : {"/?embed", "/?camera=front-door&embed"})
    EXPECT_THAT(ask("GET", framed).header("Content-Security-Policy"),
                EndsWith("; frame-ancestors https://home.example:8123 http://wall.example"))
        << framed;
  for (const char* other : {"/", "/?camera=front-door", "/embed.html", "/index.html?embed", "/api/v1/cameras?embed"})
    EXPECT_THAT(ask("GET", other).header("Content-Security-Policy"), EndsWith("; frame-ancestors 'none'")) << other;
}

TEST_F(ServerTest, HoldsTheConnectionsOfOneAddressToTheirLimitAndServesOthers) {
  options_.connectionsPerAddress = 3;
  start();
  std::vector<test::RawClient> held;
  for (int i = 0; i < 3; ++i)
    held.push_back(connect("127.0.0.2"));
  runUntil("three connections", [this] { return server_->connections() == 3; });
  EXPECT_EQ(test::parseAnswer(exchange(request("GET", "/healthz"), "127.0.0.2")).status, 503);
  EXPECT_EQ(test::parseAnswer(exchange(request("GET", "/healthz"), "127.0.0.3")).status, 200);
  held.clear();
  runUntilNoConnections();
  EXPECT_EQ(test::parseAnswer(exchange(request("GET", "/healthz"), "127.0.0.2")).status, 200);
}

TEST_F(ServerTest, EndsTheOldestSlowRequestForANewOneWhenItIsFull) {
  options_.connections = 4;
  start();
  std::vector<test::RawClient> slow;
  for (int i = 0; i < 4; ++i) {
    slow.push_back(connect("127.0.0." + std::to_string(i + 2)));
    runUntil("its place", [&] { return server_->connections() == i + 1; });
  }
  slow[1].send(request("POST", "/whep/front", {{"Content-Length", "1000"}}));
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
  EXPECT_TRUE(slow[0].isAtEnd());
  EXPECT_EQ(slow[0].received(), "");
  slow[0] = connect();
  runUntil("its place", [this] { return server_->connections() == 4; });
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
  EXPECT_TRUE(slow[1].isAtEnd()) << "its head was there, its body was not";
  EXPECT_FALSE(slow[2].isAtEnd());
}

TEST_F(ServerTest, EndsAStrangersWebSocketForANewConnectionWhenItIsFull) {
  options_.connections = 2;
  start();
  std::vector<test::RawClient> sockets;
  for (int i = 0; i < 2; ++i)
    sockets.push_back(openSocket());
  sockets[0].send(test::clientFrame(test::kText, R"({"type":"hello"})"));
  runUntil("the welcome", [&] { return sockets[0].received().find("welcome") != std::string::npos; });
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
  EXPECT_FALSE(sockets[0].isAtEnd()) << "it is known who is there";
  EXPECT_TRUE(sockets[1].isAtEnd());
}

TEST_F(ServerTest, EndsNobodyForOneWhoWouldBeTurnedAwayAllTheSame) {
  options_.connections = 3;
  options_.connectionsPerAddress = 2;
  start();
  std::vector<test::RawClient> held;
  for (const char* from : {"127.0.0.3", "127.0.0.2", "127.0.0.2"}) {
    held.push_back(connect(from));
    runUntil("its place", [&] { return server_->connections() == static_cast<int>(held.size()); });
  }
  EXPECT_EQ(test::parseAnswer(exchange(request("GET", "/healthz"), "127.0.0.2")).status, 503);
  EXPECT_FALSE(held[0].isAtEnd());
}

TEST_F(ServerTest, CountsTheClientsOfAProxyOneByOne) {
  options_.connectionsPerAddress = 2;
  options_.trustedProxies = {"127.0.0.1"};
  start();
  const auto of = [](const std::string& client) { return Header{"X-Forwarded-For", client}; };
  std::vector<test::RawClient> waiting;
  for (std::size_t i = 0; i < 2; ++i) {
    waiting.push_back(connect());
    waiting.back().send(request("POST", "/whep/front", {{"Content-Type", "application/sdp"}, of("192.0.2.7")}, "v=0"));
    runUntil("the offer", [&] { return core_.peers.peers.size() == i + 1; });
  }
  EXPECT_EQ(ask("GET", "/healthz", {of("192.0.2.7")}).status, 503);
  EXPECT_EQ(ask("GET", "/healthz", {of("192.0.2.8")}).status, 200);
  waiting.clear();
  runUntilNoConnections();
  EXPECT_EQ(ask("GET", "/healthz", {of("192.0.2.7")}).status, 200);
}

TEST_F(ServerTest, EndsNoRequestThatIsThereForANewOne) {
  options_.connections = 2;
  start();
  std::vector<test::RawClient> waiting;
  for (std::size_t i = 0; i < 2; ++i) {
    waiting.push_back(connect());
    waiting.back().send(request("POST", "/whep/front", {{"Content-Type", "application/sdp"}}, "v=0"));
    runUntil("the offer", [&] { return core_.peers.peers.size() == i + 1; });
  }
  EXPECT_EQ(ask("GET", "/healthz").status, 503);
  EXPECT_FALSE(waiting[0].isAtEnd());
  EXPECT_FALSE(waiting[1].isAtEnd());
}

TEST_F(ServerTest, TakesARequestThatComesInPieces) {
  test::RawClient client = connect();
  const std::string bytes = request("POST", "/whep/front", {{"Content-Type", "application/sdp"}}, "v=0 and more");
  std::size_t sent = 0;
  const auto drip = glib::EventSource::timer(context_, std::chrono::milliseconds(1), [&] {
    sent += client.send(bytes.substr(sent, 7));
    return sent < bytes.size() ? glib::Continue::Yes : glib::Continue::No;
  });
  runUntil("the offer", [this] { return !core_.peers.peers.empty(); });
  EXPECT_EQ(core_.peers.last().offer, "v=0 and more");
}

TEST_F(ServerTest, SleepsOverHalfARequest) {
  test::RawClient client = connect();
  client.send("GET / HTTP/1.1\r\nHost: ");
  runUntil("the connection", [this] { return server_->connections() == 1; });
  bool isOver = false;
  const auto end = glib::EventSource::timer(context_, std::chrono::milliseconds(200), [&isOver] {
    isOver = true;
    return glib::Continue::No;
  });
  int turns = 0;
  for (; !isOver; ++turns)
    context_.iterate(true);
  EXPECT_LT(turns, 20) << "it spins";
  client.send(address_ + "\r\n\r\n");
  EXPECT_EQ(answerTo(client).status, 200);
}

TEST_F(ServerTest, GoesWithConnectionsInEveryState) {
  test::RawClient idle = connect();
  test::RawClient half = connect();
  half.send("GET / HT");
  test::RawClient body = connect();
  body.send(request("POST", "/whep/front", {{"Content-Length", "1000"}}));
  test::RawClient waiting = connect();
  waiting.send(request("POST", "/whep/front", {{"Content-Type", "application/sdp"}}, "v=0"));
  runUntil("the offer at the core", [this] { return !core_.peers.peers.empty(); });
  server_.reset();
  for (test::RawClient* client : {&idle, &half, &body, &waiting})
    runUntil("the end of a connection", [&] { return client->isAtEnd(); });
}

}  // namespace
}  // namespace fanlight::http
