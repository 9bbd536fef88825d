// SPDX-License-Identifier: Apache-2.0
// Signaling over a WebSocket, and peers that misuse it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"
#include "http/web_socket_frames.h"
#include "signaling/messages.h"

namespace fanlight::http {
namespace {

using namespace std::chrono_literals;
using test::clientFrame;
using test::clientHeader;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHello = R"({"type":"hello"})";
constexpr const char* kSession = "0123456789abcdef";

std::string offer(const std::string& session = kSession) {
  return R"({"type":"offer","session":")" + session + R"(","camera":"front","sdp":"v=0"})";
}

class WebSocketTest : public test::ServerFixture, public ::testing::WithParamInterface<Scheme> {
 protected:
  void SetUp() override {
    use(GetParam());
    start();
  }
  static void say(test::RawClient& client, const std::string& message) {
    client.send(clientFrame(test::kText, message));
  }
  static std::string frames(test::RawClient& client) { return test::parseAnswer(client.received()).body; }
  void runUntilHeard(test::RawClient& client, const std::string& text) {
    runUntil("'" + text + "'", [&] { return frames(client).find(text) != std::string::npos; });
  }
  static int pingsIn(const std::string& all) {
    int pings = 0;
    const std::string ping("\x89\x00", 2);
    for (std::size_t at = all.find(ping); at != std::string::npos; at = all.find(ping, at + ping.size()))
      ++pings;
    return pings;
  }
  /// The code of the close frame that the server's stream ends with.
  int closeCodeOf(test::RawClient& client) {
    runUntil("the end of the WebSocket", [&] { return client.isAtEnd(); });
    const std::string all = frames(client);
    const std::size_t at = all.rfind('\x88');
    return at == std::string::npos || at + 3 >= all.size()
               ? 0
               : static_cast<unsigned char>(all[at + 2]) << 8 | static_cast<unsigned char>(all[at + 3]);
  }
  /// The close code that `bytes` are answered with.
  int closeCodeFor(const std::string& bytes) {
    test::RawClient client = openSocket();
    client.send(bytes);
    const int code = closeCodeOf(client);
    runUntilNoConnectionsOf(client);
    return code;
  }
  void runUntilNoConnectionsOf(test::RawClient& client) {
    client = test::RawClient();
    runUntilNoConnections();
  }
};

TEST_P(WebSocketTest, CarriesSignaling) {
  test::RawClient client = openSocket();
  const test::Answer answer = test::parseAnswer(client.received());
  EXPECT_EQ(answer.header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") << "the example of RFC 6455";
  EXPECT_EQ(answer.header("Sec-WebSocket-Protocol"), "fanlight.v1");
  EXPECT_EQ(answer.header("Connection"), "Upgrade");
  say(client, kHello);
  runUntilHeard(client, R"("type":"welcome")");
  say(client, offer());
  runUntil("the offer", [this] { return !core_.peers.peers.empty(); });
  core_.peers.last().observer.onAnswer("v=0 answer");
  runUntilHeard(client, R"("sdp":"v=0 answer")");
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_P(WebSocketTest, TakesMessagesThatComeWithTheHandshake) {
  test::RawClient client = connect();
  client.send(handshake() + clientFrame(test::kText, kHello));
  runUntilHeard(client, R"("type":"welcome")");
}

TEST_P(WebSocketTest, CountsTheViewersAddressAsItsSource) {
  options_.connectionsPerAddress = 100;
  start();
  test::RawClient client = openSocket("127.0.0.7");
  say(client, kHello);
  for (int i = 0; i < 16; ++i)
    say(client, offer("session-number-" + std::to_string(100 + i)));
  runUntil("the sessions", [this] { return core_.registry.active() == 16; });
  test::RawClient second = openSocket("127.0.0.7");
  say(second, kHello);
  say(second, offer());
  runUntilHeard(second, R"("code":"busy")");
  test::RawClient other = openSocket("127.0.0.8");
  say(other, kHello);
  say(other, offer());
  runUntil("a session of another address", [this] { return core_.registry.active() == 17; });
}

TEST_P(WebSocketTest, LeavesSessionsAliveWhenItIsLost) {
  test::RawClient client = openSocket();
  say(client, kHello);
  say(client, offer());
  runUntil("the session", [this] { return core_.registry.active() == 1; });
  client = test::RawClient();
  runUntilNoConnections();
  EXPECT_EQ(core_.registry.active(), 1);
  core_.peers.last().observer.onAnswer("v=0 to nobody");
}

TEST_P(WebSocketTest, NeedsItsSubprotocol) {
  std::string without = handshake();
  without.replace(without.find("other, fanlight.v1"), 18, "other, fanlight.v2");
  EXPECT_EQ(test::parseAnswer(exchange(without)).status, 400);
  const std::size_t line = without.find("Sec-WebSocket-Protocol");
  without.erase(line, without.find("\r\n", line) + 2 - line);
  EXPECT_EQ(test::parseAnswer(exchange(without)).status, 400);
}

TEST_P(WebSocketTest, NeedsAHandshakeOfItsVersion) {
  EXPECT_EQ(ask("GET", "/api/v1/signaling").status, 426);
  EXPECT_EQ(ask("GET", "/api/v1/signaling").header("Upgrade"), "websocket");
  for (const char* needed : {"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "Sec-WebSocket-Version: 13\r\n",
                             "Connection: Upgrade\r\n"}) {
    std::string bytes = handshake();
    bytes.erase(bytes.find(needed), std::string_view(needed).size());
    const test::Answer answer = test::parseAnswer(exchange(bytes));
    EXPECT_EQ(answer.status, 400) << needed;
    EXPECT_EQ(answer.header("Connection"), "close") << needed;
  }
}

TEST_P(WebSocketTest, AgreesToNoCompression) {
  test::RawClient client = connect();
  client.send(handshake({{"Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"}}));
  runUntil("the handshake", [&] { return test::parseAnswer(client.received()).status == 101; });
  EXPECT_FALSE(test::parseAnswer(client.received()).has("Sec-WebSocket-Extensions"));
}

TEST_P(WebSocketTest, IsForTheOwnPageAndOtherPrograms) {
  EXPECT_EQ(test::parseAnswer(exchange(handshake({{"Origin", "http://evil.example"}}))).status, 403);
  EXPECT_EQ(test::parseAnswer(exchange(handshake({{"Origin", "null"}}))).status, 403);
  test::RawClient own = connect();
  own.send(handshake({{"Origin", origin_}}));
  runUntil("the handshake", [&] { return test::parseAnswer(own.received()).status == 101; });
}

TEST_P(WebSocketTest, EndsWhoBreaksTheProtocolAndSaysWhy) {
  EXPECT_EQ(closeCodeFor(clientFrame(test::kBinary, "x")), 1003);
  EXPECT_EQ(closeCodeFor(clientFrame(test::kText, "\xff")), 1007);
  EXPECT_EQ(closeCodeFor("\x81\x02hi"), 1002) << "unmasked";
  EXPECT_EQ(closeCodeFor(clientHeader(0xc1, 1)), 1002) << "a reserved bit";
  EXPECT_EQ(closeCodeFor(clientFrame(test::kClose, "")), 1000);
  EXPECT_EQ(closeCodeFor(clientFrame(test::kClose, "\x03\xe9")), 1001);
}

TEST_P(WebSocketTest, EndsWhoSendsTooLongAMessage) {
  EXPECT_EQ(closeCodeFor(clientHeader(0x81, signaling::kMaxMessageBytes + 1)), 1009);
  EXPECT_EQ(closeCodeFor(clientFrame(test::kText, std::string(1 << 20, 'x'))), 1009);
  EXPECT_EQ(closeCodeFor(clientHeader(0x81, ~std::uint64_t(0))), 1009);
  std::string fragments = clientFrame(test::kText, std::string(40000, 'x'), false);
  for (int i = 0; i < 3; ++i)
    fragments += clientFrame(test::kContinuation, std::string(40000, 'x'), false);
  EXPECT_EQ(closeCodeFor(fragments), 1009);
}

TEST_P(WebSocketTest, TakesAMessageOfTheLimit) {
  test::RawClient client = openSocket();
  std::string longest = R"({"type":"hello","pad":")";
  longest += std::string(signaling::kMaxMessageBytes - longest.size() - 2, 'x') + "\"}";
  ASSERT_EQ(longest.size(), signaling::kMaxMessageBytes);
  say(client, longest);
  runUntilHeard(client, R"("type":"welcome")");
}

TEST_P(WebSocketTest, EndsWhoFloodsItWithFrames) {
  std::string pings;
  std::string fragments = clientFrame(test::kText, "", false);
  for (std::uint64_t i = 0; i < kMaxFramesPerPing; ++i) {
    pings += clientFrame(test::kPing, "");
    fragments += clientFrame(test::kContinuation, "", false);
  }
  EXPECT_EQ(closeCodeFor(pings + clientFrame(test::kPing, "")), 1008);
  EXPECT_EQ(closeCodeFor(fragments), 1008);
}

TEST_P(WebSocketTest, AnswersPings) {
  test::RawClient client = openSocket();
  client.send(clientFrame(test::kPing, "tick"));
  runUntil("the pong", [&] { return frames(client) == "\x8a\x04tick"; });
}

TEST_P(WebSocketTest, AsksSilentPeersAndEndsThemThatDoNotAnswer) {
  options_.times.ping = 50ms;
  start();
  test::RawClient client = openSocket();
  say(client, kHello);
  EXPECT_EQ(closeCodeOf(client), 0);
  EXPECT_THAT(frames(client), ::testing::EndsWith(std::string("\x89\x00\x89\x00", 4)));
  runUntilNoConnections();
}

TEST_P(WebSocketTest, EndsAPeerThatNeverSaysHello) {
  options_.times.hello = 50ms;
  start();
  test::RawClient client = openSocket();
  say(client, "no message of ours");
  EXPECT_EQ(closeCodeOf(client), 1008);
}

TEST_P(WebSocketTest, KeepsAPeerThatAnswersPings) {
  options_.times.ping = 50ms;
  start();
  test::RawClient client = openSocket();
  say(client, kHello);
  runUntilHeard(client, R"("type":"welcome")");
  int answered = 0;
  runUntil("five pings", [&] {
    for (; answered < pingsIn(frames(client)); ++answered)
      client.send(clientFrame(test::kPong, ""));
    return answered == 5;
  });
  EXPECT_FALSE(client.isAtEnd());
}

TEST_P(WebSocketTest, EndsAReaderThatLetsTooMuchWait) {
  test::RawClient client = connect("127.0.0.1", 4096);
  client.send(handshake());
  runUntil("the handshake", [&] { return test::parseAnswer(client.received()).status == 101; });
  say(client, kHello);
  runUntilHeard(client, R"("type":"welcome")");
  const std::string reason(60000, 'x');
  int told = 0;
  runUntil("the end of the connection", [&] {
    const bool isAway = ++told % 2 == 0;
    core_.catalogue.setState(base::CameraId("front"), isAway ? session::CameraState::Away : session::CameraState::Live,
                             reason + std::to_string(told));
    return server_->connections() == 0;
  });
}

TEST_P(WebSocketTest, GoesWithTheServer) {
  test::RawClient client = openSocket();
  server_.reset();
  EXPECT_EQ(closeCodeOf(client), 1001);
}

TEST_P(WebSocketTest, CountsAsAConnection) {
  options_.connectionsPerAddress = 2;
  start();
  const test::RawClient first = openSocket("127.0.0.2");
  const test::RawClient second = openSocket("127.0.0.2");
  // There is no handshake with the one too many, and so nothing that it could read.
  EXPECT_EQ(test::parseAnswer(exchange(request("GET", "/healthz"), "127.0.0.2")).status,
            GetParam() == Scheme::Http ? 503 : 0);
  EXPECT_EQ(test::parseAnswer(exchange(request("GET", "/healthz"), "127.0.0.3")).status, 200);
}

TEST_P(WebSocketTest, IsEndedByASignalingThatIsAbused) {
  test::RawClient client = openSocket();
  for (int i = 0; i < 1500; ++i)
    say(client, "no JSON");
  runUntil("the end of the WebSocket", [&] { return client.isAtEnd(); });
  EXPECT_THAT(frames(client), HasSubstr(R"("code":"rate-limited")"));
}

INSTANTIATE_TEST_SUITE_P(Over, WebSocketTest, ::testing::Values(Scheme::Http, Scheme::Https),
                         [](const auto& over) { return over.param == Scheme::Https ? "Tls" : "Tcp"; });

}  // namespace
}  // namespace fanlight::http
