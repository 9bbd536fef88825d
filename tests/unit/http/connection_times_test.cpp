// SPDX-License-Identifier: Apache-2.0
// Peers that take their time, with limits short enough for a test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace fanlight::http {
namespace {

using namespace std::chrono_literals;

class ConnectionTimesTest : public test::ServerFixture, public ::testing::WithParamInterface<Scheme> {
 protected:
  void SetUp() override {
    use(GetParam());
    start();
  }
  /// Every limit far away but for those that a test sets.
  void limit(const Times& times) {
    options_.times = times;
    start();
  }
  static Times far() {
    return Times{.handshake = 1h, .head = 1h, .body = 1h, .response = 1h, .linger = 1h, .ping = 1h, .closing = 1h};
  }
};

TEST_P(ConnectionTimesTest, EndsAPeerThatSaysNothing) {
  Times times = far();
  times.handshake = 50ms;
  times.head = 50ms;
  limit(times);
  test::RawClient client(address_);
  runUntil("its end", [&] { return client.isAtEnd(); });
  EXPECT_EQ(client.received(), "");
  runUntilNoConnections();
}

TEST_P(ConnectionTimesTest, EndsAPeerThatSendsItsHeadDropByDrop) {
  Times times = far();
  times.head = 200ms;
  limit(times);
  test::RawClient client = connect();
  client.send("GET / HTTP/1.1\r\n");
  const auto drip = glib::EventSource::timer(context_, 10ms, [&client] {
    client.send("X: y\r\n");
    return glib::Continue::Yes;
  });
  runUntil("its end", [&] { return client.isAtEnd(); });
  runUntilNoConnections();
}

TEST_P(ConnectionTimesTest, EndsAPeerThatSendsItsBodyDropByDrop) {
  Times times = far();
  times.body = 200ms;
  limit(times);
  test::RawClient client = connect();
  client.send(request("POST", "/whep/front", {{"Content-Type", "application/sdp"}, {"Content-Length", "40000"}}));
  const auto drip = glib::EventSource::timer(context_, 10ms, [&client] {
    client.send("v");
    return glib::Continue::Yes;
  });
  runUntil("its end", [&] { return client.isAtEnd(); });
  EXPECT_TRUE(core_.peers.peers.empty());
  runUntilNoConnections();
}

TEST_P(ConnectionTimesTest, EndsAPeerThatTakesNothingOfTheResponse) {
  Times times = far();
  times.response = 200ms;
  limit(times);
  const std::size_t size = 16 * 1024 * 1024;
  core_.catalogue.put({base::CameraId("long"), std::string(size, 'x'), {}, {}, {}, ""});
  test::RawClient client = connect("127.0.0.1", 4096);
  client.send(request("GET", "/api/v1/cameras"));
  runUntil("the response", [&] { return client.receiveSome(); });
  runUntilNoConnections();
  EXPECT_LT(client.received().size(), size);
}

TEST_P(ConnectionTimesTest, GivesAReaderTimeWhoTakesSome) {
  Times times = far();
  // More than the process may be kept from the CPU for.
  times.response = 2s;
  limit(times);
  const std::string name(64 * 1024 * 1024, 'x');
  core_.catalogue.put({base::CameraId("long"), name, {}, {}, {}, ""});
  test::RawClient client = connect();
  client.send(request("GET", "/api/v1/cameras"));
  int sips = 0;
  const auto sip = glib::EventSource::timer(context_, 5ms, [&] {
    client.receiveSome();
    ++sips;
    return glib::Continue::Yes;
  });
  runUntil("the end of the response", [&] { return client.hasSeenTheEnd(); });
  EXPECT_GT(sips * 5ms, times.response) << "it was over before its limit could have ended it";
  EXPECT_GT(test::parseAnswer(client.received()).body.size(), name.size());
}

TEST_P(ConnectionTimesTest, EndsAnOfferThatIsNeverAnsweredAndItsSession) {
  Times times = far();
  times.response = 100ms;
  limit(times);
  test::RawClient client = connect();
  client.send(request("POST", "/whep/front", {{"Content-Type", "application/sdp"}}, "v=0"));
  runUntil("its end", [&] { return client.isAtEnd(); });
  EXPECT_TRUE(core_.peers.last().isClosing());
  EXPECT_EQ(core_.registry.active(), 0);
}

TEST_P(ConnectionTimesTest, EndsARefusedSenderThatNeverStops) {
  Times times = far();
  times.linger = 200ms;
  limit(times);
  test::RawClient client = connect();
  client.send(request("POST", "/whep/front", {{"Content-Length", "100000000"}}));
  const auto drip = glib::EventSource::timer(context_, 10ms, [&client] {
    client.send("more");
    return glib::Continue::Yes;
  });
  runUntil("the refusal", [&] { return test::parseAnswer(client.received()).status == 413; });
  runUntilNoConnections();
}

TEST_P(ConnectionTimesTest, EndsARefusedSenderThatSendsTooMuch) {
  limit(far());
  test::RawClient client = connect();
  client.send(request("POST", "/whep/front", {{"Content-Length", "100000000"}}));
  const std::string chunk(64 * 1024, 'x');
  std::size_t sent = 0;
  runUntil("the end of the connection", [&] {
    sent += client.send(chunk);
    return sent > 0 && server_->connections() == 0;
  });
}

INSTANTIATE_TEST_SUITE_P(Over, ConnectionTimesTest, ::testing::Values(Scheme::Http, Scheme::Https),
                         [](const auto& over) { return over.param == Scheme::Https ? "Tls" : "Tcp"; });

}  // namespace
}  // namespace fanlight::http
