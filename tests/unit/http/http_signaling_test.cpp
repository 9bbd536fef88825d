// SPDX-License-Identifier: Apache-2.0
// Signaling in plain requests, over real sockets.
#include "http/http_signaling.h"

#include <charconv>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace fanlight::http {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

constexpr const char* kPath = "/api/v1/signaling";
constexpr const char* kHello = R"({"type":"hello"})";
constexpr const char* kOffer = R"({"type":"offer","session":"0123456789abcdef","camera":"front","sdp":"v=0"})";
constexpr const char* kBye = R"({"type":"bye","session":"0123456789abcdef"})";
const Header kType{"Content-Type", kNdjsonType};

/// What has come of a body in chunks.
struct Chunks {
  std::vector<std::string> all;
  bool isWhole = false;  ///< the last one, which is empty, has come
};

Chunks readChunks(std::string_view body) {
  Chunks chunks;
  while (!chunks.isWhole) {
    const std::size_t eol = body.find("\r\n");
    std::size_t size = 0;
    if (eol == std::string_view::npos || std::from_chars(body.data(), body.data() + eol, size, 16).ec != std::errc() ||
        body.size() < eol + 2 + size + 2)
      return chunks;
    chunks.isWhole = size == 0;
    if (!chunks.isWhole)
      chunks.all.emplace_back(body.substr(eol + 2, size));
    body.remove_prefix(eol + 2 + size + 2);
  }
  return chunks;
}

class HttpSignalingTest : public test::ServerFixture, public ::testing::WithParamInterface<Scheme> {
 protected:
  void SetUp() override {
    use(GetParam());
    start();
  }

  /// Says `body`, and waits for the head of the response.
  test::RawClient open(const std::string& body = std::string(kHello) + "\n", const std::string& from = "127.0.0.1") {
    test::RawClient client = connect(from);
    client.send(request("POST", kPath, {kType}, body));
    runUntil("the response", [&] { return head(client).status != 0; });
    return client;
  }
  static test::Answer head(test::RawClient& client) { return test::parseAnswer(client.received()); }
  static std::string channelOf(test::RawClient& client) { return head(client).header("Location"); }
  static Chunks heard(test::RawClient& client) { return readChunks(head(client).body); }
  /// Waits until the device has said something with `part` in it.
  void runUntilHeard(test::RawClient& client, const std::string& part) {
    runUntil(part, [&] { return client.received().find(part) != std::string::npos; });
  }
  int say(const std::string& channel, const std::string& body) { return ask("POST", channel, {kType}, body).status; }
  int tryToOpen(const std::vector<Header>& headers, const std::string& body) {
    return ask("POST", kPath, headers, body).status;
  }
};

TEST_P(HttpSignalingTest, BeginsAStreamWithWhoeverSaysHello) {
  test::RawClient client = open();
  const test::Answer answer = head(client);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "application/x-ndjson");
  EXPECT_EQ(answer.header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer.header("Location"), MatchesRegex("/api/v1/signaling/[0-9a-f]{32}"));
  runUntilHeard(client, R"("type":"welcome")");
  ASSERT_EQ(heard(client).all.size(), 1u);
  EXPECT_THAT(heard(client).all[0], ::testing::EndsWith("}\n"));
  EXPECT_FALSE(client.isAtEnd());
}

TEST_P(HttpSignalingTest, TakesWhatIsSaidInRequestsOfItsOwn) {
  test::RawClient client = open();
  EXPECT_EQ(say(channelOf(client), std::string(kOffer) + "\n"), 204);
  ASSERT_EQ(core_.peers.peers.size(), 1u);
  EXPECT_EQ(core_.peers.last().offer, "v=0");
  EXPECT_EQ(say(channelOf(client), kBye), 204) << "the end of the last line may be missing";
  EXPECT_TRUE(core_.peers.last().isClosing());
  runUntilHeard(client, R"("type":"bye")");
}

TEST_P(HttpSignalingTest, TakesSeveralMessagesInTheirOrder) {
  test::RawClient client = open(std::string(kHello) + "\r\n\n" + kOffer + "\n" + kBye + "\n");
  runUntilHeard(client, R"("type":"bye")");
  EXPECT_EQ(core_.peers.peers.size(), 1u);
  EXPECT_EQ(say(channelOf(client), std::string("nonsense\n") + kHello), 204);
  runUntilHeard(client, "bad-message");
  runUntilHeard(client, "out-of-order");
}

TEST_P(HttpSignalingTest, KeepsNobodyWhoDoesNotBeginWithHello) {
  EXPECT_EQ(tryToOpen({kType}, ""), 400);
  EXPECT_EQ(tryToOpen({kType}, "\n"), 400);
  EXPECT_EQ(tryToOpen({kType}, "nonsense"), 400);
  EXPECT_EQ(tryToOpen({kType}, std::string(kOffer) + "\n" + kHello), 400);
  EXPECT_EQ(tryToOpen({kType}, "{\"type\":\"hello\",\"token\":\"\xff\"}"), 400);
  EXPECT_TRUE(core_.peers.peers.empty());
  runUntilNoConnections();
}

TEST_P(HttpSignalingTest, TakesItsOwnTypeAndItsOwnPageOnly) {
  EXPECT_EQ(tryToOpen({{"Content-Type", "text/plain"}}, kHello), 415);
  EXPECT_EQ(tryToOpen({}, kHello), 415);
  EXPECT_EQ(tryToOpen({kType, {"Origin", "https://evil.example"}}, kHello), 403);
  test::RawClient client = open();
  EXPECT_EQ(ask("POST", channelOf(client), {{"Content-Type", "text/plain"}}, kOffer).status, 415);
  EXPECT_EQ(ask("POST", channelOf(client), {kType, {"Origin", "https://evil.example"}}, kOffer).status, 403);
  EXPECT_EQ(ask("DELETE", channelOf(client), {{"Origin", "https://evil.example"}}).status, 403);
  EXPECT_TRUE(core_.peers.peers.empty());
}

TEST_P(HttpSignalingTest, TellsWhoIsRefusedWhyAndEnds) {
  core_.access.grants = {{"guest", session::Grant{session::GrantId("guest"), {session::Right::View}, {}, {}}}};
  test::RawClient client = open();
  runUntil("the end", [&] { return client.isAtEnd(); });
  EXPECT_THAT(heard(client).all, ElementsAre(HasSubstr("unauthorized")));
  EXPECT_TRUE(heard(client).isWhole);
  EXPECT_EQ(say(channelOf(client), kOffer), 404);
}

TEST_P(HttpSignalingTest, EndsTheStreamOfAChannelThatIsClosed) {
  test::RawClient client = open();
  const std::string channel = channelOf(client);
  EXPECT_EQ(ask("DELETE", channel).status, 204);
  runUntil("the end", [&] { return client.isAtEnd(); });
  EXPECT_TRUE(heard(client).isWhole);
  EXPECT_EQ(say(channel, kOffer), 404);
  EXPECT_EQ(ask("DELETE", channel).status, 404);
  client = test::RawClient();
  runUntilNoConnections();
}

TEST_P(HttpSignalingTest, ForgetsTheChannelOfWhoeverDropsTheStreamAndKeepsTheSessions) {
  test::RawClient client = open();
  const std::string channel = channelOf(client);
  EXPECT_EQ(say(channel, kOffer), 204);
  client = test::RawClient();
  runUntilNoConnections();
  EXPECT_EQ(say(channel, kBye), 404);
  EXPECT_EQ(core_.registry.active(), 1);
}

TEST_P(HttpSignalingTest, KnowsNoChannelByAnyOtherName) {
  test::RawClient client = open();
  const std::string channel = channelOf(client);
  for (const std::string& other : {channel + "0", channel.substr(0, channel.size() - 1), std::string(kPath) + "/%00"})
    EXPECT_NE(say(other, kOffer), 204) << other;
  EXPECT_NE(channelOf(client), "");
  test::RawClient second = open();
  EXPECT_NE(channelOf(second), channel);
}

TEST_P(HttpSignalingTest, TakesWhatIsSaidFromWhoOpenedTheChannelAlone) {
  core_.access.grants = {{"one", test::viewGrant("one")}, {"other", test::viewGrant("other")}};
  const auto by = [](const std::string& token) { return Header{"Authorization", "Bearer " + token}; };
  test::RawClient client = connect();
  client.send(request("POST", kPath, {kType, by("one")}, kHello));
  runUntilHeard(client, "welcome");
  const std::string channel = channelOf(client);
  for (const char* token : {"other", "nonsense"}) {
    EXPECT_EQ(ask("POST", channel, {kType, by(token)}, kOffer).status, 404);
    EXPECT_EQ(ask("DELETE", channel, {by(token)}).status, 404);
  }
  EXPECT_EQ(ask("POST", channel, {kType}, kOffer).status, 404);
  EXPECT_TRUE(core_.peers.peers.empty());
  EXPECT_EQ(ask("POST", channel, {kType, by("one")}, kOffer).status, 204);
  EXPECT_EQ(core_.peers.peers.size(), 1u);
}

TEST_P(HttpSignalingTest, ShowsThatItLivesByBlankLines) {
  options_.times.ping = 20ms;
  start();
  test::RawClient client = open();
  runUntil("two of them", [&] {
    const Chunks chunks = heard(client);
    return std::ranges::count(chunks.all, "\n") >= 2;
  });
  EXPECT_EQ(say(channelOf(client), kOffer), 204);
}

TEST_P(HttpSignalingTest, EndsAReaderForWhomTooMuchWaits) {
  const std::string name(16 * 1024 * 1024, 'x');
  core_.catalogue.put({base::CameraId("long"), name, {}, {}, {}, ""});
  open();
  runUntilNoConnections();
}

TEST_P(HttpSignalingTest, EndsAPeerThatSendsOnBehindItsRequest) {
  test::RawClient client = open();
  client.send(std::string(4096, 'x'));
  runUntilNoConnections();
}

TEST_P(HttpSignalingTest, TakesNoMoreThanOneMessageMayHave) {
  test::RawClient client = open();
  const std::string tooLong(signaling::kMaxMessageBytes + 1, ' ');
  EXPECT_EQ(tryToOpen({kType}, tooLong), 413);
  EXPECT_EQ(say(channelOf(client), tooLong), 413);
  EXPECT_EQ(say(channelOf(client), tooLong.substr(1)), 204);
}

TEST_P(HttpSignalingTest, EndsWhoSendsWithoutEnd) {
  test::RawClient client = open();
  std::string crowd;
  for (int i = 0; i < 4000; ++i)
    crowd += "{}\n";
  for (int i = 0; i < 100 && say(channelOf(client), crowd) == 204; ++i) {
  }
  runUntil("the end", [&] { return client.isAtEnd(); });
  EXPECT_EQ(say(channelOf(client), kOffer), 404);
}

TEST_P(HttpSignalingTest, CountsAsAConnection) {
  options_.connectionsPerAddress = 2;
  start();
  const test::RawClient first = open(kHello, "127.0.0.2");
  const test::RawClient second = open(kHello, "127.0.0.2");
  EXPECT_NE(test::parseAnswer(exchange(request("GET", "/healthz"), "127.0.0.2")).status, 200);
  EXPECT_EQ(test::parseAnswer(exchange(request("GET", "/healthz"), "127.0.0.3")).status, 200);
}

TEST_P(HttpSignalingTest, NeedsAVersionThatKnowsChunks) {
  const std::string old =
      "POST /api/v1/signaling HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
      "Content-Length: 16\r\n\r\n";
  EXPECT_EQ(test::parseAnswer(exchange(old + kHello)).status, 505);
  runUntilNoConnections();
}

TEST_P(HttpSignalingTest, EndsEveryStreamWhenTheServerGoes) {
  test::RawClient client = open();
  server_.reset();
  runUntil("the end", [&] { return client.isAtEnd(); });
  EXPECT_TRUE(heard(client).isWhole);
}

INSTANTIATE_TEST_SUITE_P(Over, HttpSignalingTest, ::testing::Values(Scheme::Http, Scheme::Https),
                         [](const auto& over) { return over.param == Scheme::Https ? "Tls" : "Tcp"; });

}  // namespace
}  // namespace fanlight::http
