// SPDX-License-Identifier: Apache-2.0
// One channel by itself: its end, and who hears of it.
#include "http/web_socket_channel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "glib/socket_transport.h"
#include "glib/transport_stream.h"
#include "http/raw_client.h"
#include "http/web_socket_frames.h"
#include "loop_fixture.h"

namespace fanlight::http {
namespace {

using namespace std::chrono_literals;
using test::clientFrame;

/// More than the sockets of these tests hold, so that some of it waits; four of them may.
const std::string kLongMessage(60000, 'x');

class FakeListener final : public session::ChannelListener {
 public:
  std::vector<std::string> messages;
  int closed = 0;
  std::function<void()> whenClosed = [] {};

  void onMessage(std::string_view text) override { messages.emplace_back(text); }
  void onTooLarge(std::size_t) override {}
  void onClosed() override {
    ++closed;
    whenClosed();
  }
};

class WebSocketChannelTest : public test::LoopFixture, protected Listener::Owner {
 protected:
  void onAccepted(Accepted accepted) override { take(std::move(accepted)); }
  void onFull() override {}
  void SetUp() override { open(Times{.ping = 1h, .closing = 1h}); }

  /// A channel, and the client at its other end, after a handshake that is left out here.
  void open(const Times& times) {
    channel_.reset();
    times_ = times;
    auto listener =
        Listener::open(context_, {"127.0.0.1", 0}, Scheme::Http, Listener::Families::OwnOnly, limit_, *this);
    client_ = test::RawClient((*listener)->address(), "127.0.0.1", 4096);
    runUntil("the connection", [this] { return channel_ != nullptr; });
    channel_->setListener(&listener_);
  }
  void take(Accepted accepted) {
    const int little = 4096;
    ::setsockopt(g_socket_get_fd(accepted.socket.get()), SOL_SOCKET, SO_SNDBUF, &little, sizeof(little));
    accepted.stream = glib::makeStream(std::make_unique<glib::SocketTransport>(accepted.socket.clone()));
    auto stream = accepted.stream.clone();
    channel_ = std::make_unique<WebSocketChannel>(context_, times_, std::move(accepted), std::move(stream),
                                                  [this] { ++gone_; });
  }

  ConnectionLimit limit_{1, 1};
  Times times_;
  int gone_ = 0;
  FakeListener listener_;
  test::RawClient client_;
  std::unique_ptr<WebSocketChannel> channel_;
};

TEST_F(WebSocketChannelTest, CarriesTextBothWays) {
  client_.send(clientFrame(test::kText, "in"));
  runUntil("the message", [this] { return listener_.messages == std::vector<std::string>{"in"}; });
  channel_->send("out");
  runUntil("the frame", [this] { return client_.received() == "\x81\x03out"; });
}

TEST_F(WebSocketChannelTest, TellsItsEndOnceToListenerAndOwner) {
  client_ = test::RawClient();
  runUntil("the end", [this] { return gone_ > 0; });
  while (context_.iterate(false)) {
  }
  EXPECT_EQ(listener_.closed, 1);
  EXPECT_EQ(gone_, 1);
  EXPECT_EQ(limit_.taken(), 0);
}

TEST_F(WebSocketChannelTest, MayBeDestroyedWhereItsEndIsTold) {
  listener_.whenClosed = [this] { channel_.reset(); };
  client_ = test::RawClient();
  runUntil("the end", [this] { return listener_.closed > 0; });
  while (context_.iterate(false)) {
  }
  EXPECT_EQ(gone_, 0) << "its owner is the one that destroyed it";
}

TEST_F(WebSocketChannelTest, ClosesWhenItIsTold) {
  channel_->close();
  channel_->send("too late");
  channel_->close();
  EXPECT_EQ(listener_.closed, 0) << "nobody is told inside a call of their own";
  runUntil("the end of the stream", [this] { return client_.isAtEnd(); });
  EXPECT_EQ(client_.received(), "\x88\x02\x03\xe8");
  client_.send(clientFrame(test::kText, "nobody reads this"));
  client_ = test::RawClient();
  runUntil("the end", [this] { return gone_ > 0; });
  EXPECT_TRUE(listener_.messages.empty());
}

TEST_F(WebSocketChannelTest, WaitsForItsPeerToCloseNoLongerThanItsLimit) {
  open(Times{.ping = 1h, .closing = 50ms});
  channel_->close();
  runUntil("the end", [this] { return gone_ > 0; });
  EXPECT_EQ(limit_.taken(), 0);
}

TEST_F(WebSocketChannelTest, TellsNobodyWhenItIsDestroyed) {
  channel_.reset();
  while (context_.iterate(false)) {
  }
  EXPECT_EQ(listener_.closed, 0);
  EXPECT_EQ(gone_, 0);
  runUntil("the end of the stream", [this] { return client_.isAtEnd(); });
}

TEST_F(WebSocketChannelTest, EndsAReaderForWhomTooMuchWaits) {
  for (int i = 0; i < 4; ++i)
    channel_->send(kLongMessage);
  EXPECT_EQ(limit_.taken(), 1);
  for (std::size_t waiting = 0; waiting < kMaxBacklogBytes; waiting += kLongMessage.size())
    channel_->send(kLongMessage);
  EXPECT_EQ(limit_.taken(), 0);
  runUntil("the end", [this] { return gone_ > 0; });
}

TEST_F(WebSocketChannelTest, EndsAReaderThatStallsEvenWhileItSpeaks) {
  open(Times{.ping = 100ms, .closing = 1h});
  client_.send(clientFrame(test::kText, "here I am"));
  channel_->send(kLongMessage);
  const auto speak = glib::EventSource::timer(context_, 10ms, [this] {
    client_.send(clientFrame(test::kPong, ""));
    return glib::Continue::Yes;
  });
  runUntil("the end", [this] { return gone_ > 0; });
}

TEST_F(WebSocketChannelTest, SendsAllThatWaitedToAReaderThatComesBack) {
  for (int i = 0; i < 4; ++i)
    channel_->send(kLongMessage);
  runUntil("all of it", [this] { return client_.received().size() == 4 * (kLongMessage.size() + 4); });
  EXPECT_EQ(gone_, 0);
}

TEST_F(WebSocketChannelTest, AnswersOnlyTheLatestPingOfAReaderThatIsSlow) {
  channel_->send(kLongMessage);
  client_.send(clientFrame(test::kPing, "one") + clientFrame(test::kPing, "two") + clientFrame(test::kText, "after"));
  runUntil("what came after the pings", [this] { return !listener_.messages.empty(); });
  runUntil("the pong", [this] { return client_.received().size() >= kLongMessage.size() + 4 + 5; });
  EXPECT_THAT(client_.received(), ::testing::EndsWith("\x8a\x03two"));
  EXPECT_EQ(client_.received().size(), kLongMessage.size() + 4 + 5);
}

}  // namespace
}  // namespace fanlight::http
