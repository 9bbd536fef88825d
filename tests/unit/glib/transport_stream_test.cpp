// SPDX-License-Identifier: Apache-2.0
// A transport as a stream: what it gives, when it wakes the loop, and how it ends.
#include "glib/transport_stream.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "glib/socket_transport.h"
#include "loop_fixture.h"

namespace fanlight::glib {
namespace {

class TransportStreamTest : public test::LoopFixture {
 protected:
  void SetUp() override {
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()), 0);
    peer_ = ends[1];
    stream_ =
        makeStream(std::make_unique<SocketTransport>(Ref<GSocket>::adopt(g_socket_new_from_fd(ends[0], nullptr))));
  }
  void TearDown() override { ::close(peer_); }

  void peerSends(std::string_view bytes) {
    ASSERT_EQ(::write(peer_, bytes.data(), bytes.size()), ssize_t(bytes.size()));
  }
  std::string peerReads() {
    std::array<char, 64> bytes{};
    const ssize_t got = ::read(peer_, bytes.data(), bytes.size());
    return got < 0 ? "nothing yet" : std::string(bytes.data(), static_cast<std::size_t>(got));
  }
  std::string read(std::size_t limit = 64) {
    std::string bytes(limit, '\0');
    const Moved got = readSome(stream_.get(), bytes);
    return got ? bytes.substr(0, *got) : "not now";
  }
  /// How often `source` calls in the loop's next turns.
  int turnsOf(const std::function<EventSource(EventSource::Handler)>& make) {
    int calls = 0;
    const EventSource source = make([&calls] { return ++calls, Continue::Yes; });
    for (int turn = 0; turn < 5; ++turn)
      context_.iterate(false);
    return calls;
  }
  int readableTurns() {
    return turnsOf([this](auto handler) { return EventSource::readable(context_, stream_.get(), std::move(handler)); });
  }
  int writableTurns() {
    return turnsOf([this](auto handler) { return EventSource::writable(context_, stream_.get(), std::move(handler)); });
  }

  int peer_ = -1;
  Ref<GIOStream> stream_;
};

TEST_F(TransportStreamTest, CarriesBytesBothWays) {
  peerSends("in");
  EXPECT_EQ(read(), "in");
  EXPECT_EQ(writeSome(stream_.get(), "out"), 3u);
  EXPECT_EQ(peerReads(), "out");
}

TEST_F(TransportStreamTest, SaysThatNothingIsThereYet) {
  EXPECT_EQ(read(), "not now");
}

TEST_F(TransportStreamTest, SaysThatThereIsNoRoom) {
  const std::string piece(64 * 1024, 'x');
  Moved sent = 1;
  while (sent && *sent > 0)
    sent = writeSome(stream_.get(), piece);
  EXPECT_EQ(sent, std::nullopt);
  EXPECT_EQ(writableTurns(), 0);
}

TEST_F(TransportStreamTest, WakesTheLoopOnlyWhileThereIsSomethingToRead) {
  EXPECT_EQ(readableTurns(), 0);
  peerSends("in");
  EXPECT_EQ(readableTurns(), 5);
  EXPECT_EQ(read(), "in");
  EXPECT_EQ(readableTurns(), 0);
}

TEST_F(TransportStreamTest, GivesFirstWhatItWasGivenBack) {
  peerSends("world");
  giveBack(stream_.get(), "hello ");
  EXPECT_EQ(read(4), "hell");
  EXPECT_EQ(read(), "o ");
  EXPECT_EQ(read(), "world");
}

TEST_F(TransportStreamTest, WakesTheLoopForWhatItWasGivenBackUntilThatIsRead) {
  int calls = 0;
  const auto source = EventSource::readable(context_, stream_.get(), [&calls] { return ++calls, Continue::Yes; });
  giveBack(stream_.get(), "back");
  context_.iterate(false);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(read(), "back");
  context_.iterate(false);
  EXPECT_EQ(calls, 1);
}

TEST_F(TransportStreamTest, TellsThePeerWhereItsSendingEndsAndReadsOn) {
  endSending(stream_.get());
  EXPECT_EQ(peerReads(), "");
  peerSends("still here");
  EXPECT_EQ(read(), "still here");
}

TEST_F(TransportStreamTest, FindsTheEndOnceItIsClosed) {
  close(stream_.get());
  EXPECT_EQ(peerReads(), "");
  EXPECT_EQ(read(), "");
  EXPECT_EQ(writeSome(stream_.get(), "too late"), 0u);
  EXPECT_EQ(readableTurns(), 5) << "whoever waits for bytes must hear of it";
}

TEST_F(TransportStreamTest, ClosesWithItsLastOwner) {
  stream_ = nullptr;
  EXPECT_EQ(peerReads(), "");
}

TEST_F(TransportStreamTest, ClosesOnTheThreadThatAsksAlsoWhereALibraryWouldWait) {
  bool isDone = false;
  g_io_stream_close_async(
      stream_.get(), G_PRIORITY_DEFAULT, nullptr,
      [](GObject* stream, GAsyncResult* result, gpointer done) {
        EXPECT_TRUE(g_io_stream_close_finish(G_IO_STREAM(stream), result, nullptr));
        *static_cast<bool*>(done) = true;
      },
      &isDone);
  EXPECT_EQ(peerReads(), "");
  runUntil("the news of it", [&isDone] { return isDone; });
}

}  // namespace
}  // namespace fanlight::glib
