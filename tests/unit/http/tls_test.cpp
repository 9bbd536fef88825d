// SPDX-License-Identifier: Apache-2.0
// What is different where connections are TLS.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace fanlight::http {
namespace {

using namespace std::chrono_literals;
using test::Answer;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A ClientHello's first bytes: a record of 512 bytes, of which no more come.
const std::string kHalfAHello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);

class TlsTest : public test::ServerFixture {
 protected:
  void SetUp() override {
    use(Scheme::Https);
    start();
  }

  /// Whether a client that speaks `version` alone gets an answer.
  bool speaks(int version) {
    test::RawClient client(address_);
    client.prepareTls(0);
    SSL_set_security_level(client.tls(), 0);
    SSL_set_max_proto_version(client.tls(), version);
    client.send(request("GET", "/healthz"));
    return answerTo(client).status == 200;
  }
  std::string shownCertificate(const test::RawClient& client) const {
    const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(client.tls()), &X509_free);
    unsigned char digest[32];
    unsigned length = 0;
    return X509_digest(shown.get(), EVP_sha256(), digest, &length) == 1
               ? std::string(reinterpret_cast<const char*>(digest), length)
               : "none";
  }
};

TEST_F(TlsTest, TellsWhereItListens) {
  options_.listen = {{"127.0.0.1", 0}};
  start();
  EXPECT_THAT(server_->urls()[0], StartsWith("http://127.0.0.1:"));
  EXPECT_THAT(server_->urls()[1], StartsWith("https://127.0.0.1:"));
}

TEST_F(TlsTest, SpeaksTheNewestVersion) {
  test::RawClient client = connect();
  client.send(request("GET", "/healthz"));
  EXPECT_EQ(answerTo(client).status, 200);
  EXPECT_EQ(SSL_version(client.tls()), TLS1_3_VERSION);
}

TEST_F(TlsTest, SpeaksTheVersionBeforeAndNoneThatIsOlder) {
  EXPECT_TRUE(speaks(TLS1_2_VERSION));
  EXPECT_FALSE(speaks(TLS1_1_VERSION));
  EXPECT_FALSE(speaks(TLS1_VERSION));
  runUntilNoConnections();
}

TEST_F(TlsTest, TakesNoCipherWithoutForwardSecrecyOrAuthentication) {
  for (const char* ciphers : {"AES128-GCM-SHA256", "ECDHE+AES+SHA1", "aNULL", "eNULL", "3DES"}) {
    test::RawClient client(address_);
    client.prepareTls(0);
    SSL_set_security_level(client.tls(), 0);
    SSL_set_max_proto_version(client.tls(), TLS1_2_VERSION);
    // Where this OpenSSL has none of them itself, nobody can offer them.
    if (SSL_set_cipher_list(client.tls(), ciphers) == 1) {
      client.send(request("GET", "/healthz"));
      EXPECT_EQ(answerTo(client).status, 0) << ciphers;
    }
  }
}

TEST_F(TlsTest, DoesNotNegotiateAnew) {
  test::RawClient client(address_);
  client.prepareTls();
  SSL_set_max_proto_version(client.tls(), TLS1_2_VERSION);
  runUntil("the handshake", [&] { return client.isHandshakeDone(); });
  ASSERT_EQ(SSL_renegotiate(client.tls()), 1);
  runUntil("the refusal", [&] { return client.isHandshakeDone() || client.isAtEnd(); });
  EXPECT_TRUE(client.isAtEnd());
}

TEST_F(TlsTest, SaysThatAResponseIsWhole) {
  test::RawClient client = connect();
  client.send(request("GET", "/healthz"));
  EXPECT_EQ(answerTo(client).status, 200);
  EXPECT_NE(SSL_get_shutdown(client.tls()) & SSL_RECEIVED_SHUTDOWN, 0) << "no close_notify came";
}

TEST_F(TlsTest, SaysThatARefusalIsWhole) {
  test::RawClient client = connect();
  client.send(request("POST", "/whep/front", {{"Content-Length", "100000000"}}));
  EXPECT_EQ(answerTo(client).status, 413);
  EXPECT_NE(SSL_get_shutdown(client.tls()) & SSL_RECEIVED_SHUTDOWN, 0) << "no close_notify came";
}

TEST_F(TlsTest, SendsWhatIsLongWhole) {
  const std::string name(4 * 1024 * 1024, 'x');
  core_.catalogue.put({base::CameraId("long"), name, {}, {}, {}, ""});
  EXPECT_NE(ask("GET", "/api/v1/cameras").body.find(name), std::string::npos);
}

TEST_F(TlsTest, TakesABodyWholeThatComesWithItsHead) {
  test::RawClient client = connect();
  const std::string sdp(40'000, 'v');
  client.send(request("POST", "/whep/front", {{"Content-Type", "application/sdp"}}, sdp));
  runUntil("the offer", [&] {
    client.received();
    return !core_.peers.peers.empty();
  });
  EXPECT_EQ(core_.peers.last().offer, sdp);
}

TEST_F(TlsTest, KnowsItsOwnPageByItsScheme) {
  const http::Header type{"Content-Type", "text/plain"};
  EXPECT_EQ(ask("POST", "/whep/front", {type, {"Origin", "https://" + address_}}, "v").status, 415);
  EXPECT_EQ(ask("POST", "/whep/front", {type, {"Origin", "http://" + address_}}, "v").status, 403);
}

TEST_F(TlsTest, LetsItsPageOpenASecureWebSocket) {
  EXPECT_THAT(ask("GET", "/").header("Content-Security-Policy"), HasSubstr("connect-src 'self' wss://" + address_));
}

TEST_F(TlsTest, TakesATargetOfItsOwnSchemeOnly) {
  const std::string rest = "/healthz HTTP/1.1\r\nHost: " + address_ + "\r\n\r\n";
  EXPECT_EQ(test::parseAnswer(exchange("GET https://" + address_ + rest)).status, 200);
  EXPECT_EQ(test::parseAnswer(exchange("GET http://" + address_ + rest)).status, 400);
}

TEST_F(TlsTest, TellsAPeerThatSpeaksPlainHttpWhatToDo) {
  test::RawClient client(address_);
  client.send(request("GET", "/"));
  const Answer answer = answerTo(client);
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("https://"));
  client = test::RawClient();
  runUntilNoConnections();
}

TEST_F(TlsTest, EndsAPeerThatSpeaksAnythingElse) {
  test::RawClient client(address_);
  client.send("SSH-2.0-OpenSSH_9.2p1\r\n");
  EXPECT_EQ(answerTo(client).status, 0);
  runUntilNoConnections();
}

TEST_F(TlsTest, EndsAPeerThatKnowsAnotherProtocolOnly) {
  const auto protocolWith = [this](const std::string& offered) {
    test::RawClient client(address_);
    client.prepareTls();
    SSL_set_alpn_protos(client.tls(), reinterpret_cast<const unsigned char*>(offered.data()),
                        static_cast<unsigned>(offered.size()));
    client.send(request("GET", "/healthz"));
    return answerTo(client).status;
  };
  EXPECT_EQ(protocolWith("\x02h2\x08http/1.1"), 200);
  EXPECT_EQ(protocolWith("\x02h2"), 0);
}

TEST_F(TlsTest, EndsAPeerThatRenewsItsKeysWithoutEnd) {
  const auto renewing = [this](int times) {
    test::RawClient client(address_);
    client.prepareTls(TLS1_3_VERSION);
    runUntil("the handshake", [&] { return client.isHandshakeDone(); });
    for (int time = 0; time < times; ++time) {
      EXPECT_EQ(SSL_key_update(client.tls(), SSL_KEY_UPDATE_NOT_REQUESTED), 1);
      EXPECT_TRUE(client.isHandshakeDone());
    }
    client.send(request("GET", "/healthz"));
    return answerTo(client).status;
  };
  EXPECT_EQ(renewing(kMaxKeyUpdates), 200);
  EXPECT_EQ(renewing(kMaxKeyUpdates + 1), 0);
  EXPECT_EQ(renewing(3000), 0);
  runUntilNoConnections();
}

TEST_F(TlsTest, EndsAHandshakeThatStalls) {
  options_.times = {.handshake = 50ms, .head = 1h};
  start();
  test::RawClient client(address_);
  client.send(kHalfAHello);
  runUntil("its end", [&] { return client.isAtEnd(); });
  runUntilNoConnections();
}

TEST_F(TlsTest, SleepsOverHalfAHandshake) {
  test::RawClient client(address_);
  client.send(kHalfAHello);
  runUntil("the connection", [this] { return server_->connections() == 1; });
  bool isOver = false;
  const auto end = glib::EventSource::timer(context_, 200ms, [&isOver] {
    isOver = true;
    return glib::Continue::No;
  });
  int turns = 0;
  for (; !isOver; ++turns)
    context_.iterate(true);
  EXPECT_LT(turns, 20) << "it spins";
}

TEST_F(TlsTest, LetsNoCrowdOfStalledHandshakesKeepAnybodyOut) {
  options_.connections = 8;
  options_.times = {.handshake = 1h};
  start();
  std::vector<test::RawClient> stalled;
  for (int i = 0; i < 100; ++i) {
    stalled.emplace_back(address_, "127.0.0." + std::to_string(2 + i));
    stalled.back().send(kHalfAHello);
  }
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
}

TEST_F(TlsTest, ShowsANewCertificateToNewConnectionsOnly) {
  test::RawClient old = connect();
  runUntil("the handshake", [&] { return old.isHandshakeDone(); });
  ASSERT_TRUE(server_->useCertificate(test::makeTlsPair()));
  test::RawClient fresh = connect();
  runUntil("the handshake", [&] { return fresh.isHandshakeDone(); });
  EXPECT_NE(shownCertificate(fresh), shownCertificate(old));
  old.send(request("GET", "/healthz"));
  EXPECT_EQ(answerTo(old).status, 200);
}

TEST_F(TlsTest, KeepsTheOldCertificateWhereTheNewOneIsNoGood) {
  const auto used = server_->useCertificate({"nothing", base::Secret("nothing")});
  ASSERT_FALSE(used);
  EXPECT_THAT(used.error().message, StartsWith("cannot use the certificate: "));
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
}

}  // namespace
}  // namespace fanlight::http
