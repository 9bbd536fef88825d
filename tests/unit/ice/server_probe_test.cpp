// SPDX-License-Identifier: Apache-2.0
// What servers may answer that are none, or bad ones. Good ones are asked in tests/network/doctor.
#include "ice/server_probe.h"

#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <stun/stunagent.h>
#include <sys/socket.h>

#include "ice/socket_address.h"

namespace fanlight::ice {
namespace {

using ::testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;
using Messages = std::vector<Bytes>;
using Kind = ProbeFailure::Kind;
using Transport = base::IceUrl::Transport;

constexpr std::chrono::milliseconds kShort{700};

/// At the loopback; says to each request what the test makes of it, all at once. In the place of a STUN server.
class StandInServer {
 public:
  using Answer = std::function<Messages(const Bytes& request)>;

  StandInServer(Transport transport, Answer answer)
      : isTcp_(transport == Transport::Tcp),
        socket_(::socket(AF_INET, isTcp_ ? SOCK_STREAM : SOCK_DGRAM, 0)),
        answer_(std::move(answer)) {
    const SocketAddress any({"127.0.0.1", 0});
    EXPECT_EQ(::bind(socket_.get(), any.get(), any.length()), 0);
    if (isTcp_) {
      EXPECT_EQ(::listen(socket_.get(), 1), 0);
    }
    sockaddr_storage bound{};
    socklen_t length = sizeof bound;
    EXPECT_EQ(::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&bound), &length), 0);
    address_ = toAddress(bound);
    thread_ = std::thread([this] { isTcp_ ? serveTcp() : serveUdp(); });
  }
  ~StandInServer() {
    ::shutdown(socket_.get(), SHUT_RDWR);
    isOver_ = true;
    thread_.join();
  }
  StandInServer(const StandInServer&) = delete;
  StandInServer& operator=(const StandInServer&) = delete;

  const base::Address& address() const { return address_; }

 private:
  static bool isReadable(int socket) {
    pollfd waiting{socket, POLLIN, 0};
    return ::poll(&waiting, 1, 10) > 0;
  }

  void serveUdp() {
    while (!isOver_) {
      std::array<std::uint8_t, 2048> bytes{};
      sockaddr_storage from{};
      socklen_t length = sizeof from;
      if (!isReadable(socket_.get()))
        continue;
      const ssize_t count =
          ::recvfrom(socket_.get(), bytes.data(), bytes.size(), 0, reinterpret_cast<sockaddr*>(&from), &length);
      if (count <= 0)
        continue;
      for (const Bytes& answer : answer_(Bytes(bytes.begin(), bytes.begin() + count)))
        ::sendto(socket_.get(), answer.data(), answer.size(), 0, reinterpret_cast<sockaddr*>(&from), length);
    }
  }

  /// One client; it is hung up on after its first request.
  void serveTcp() {
    while (!isOver_ && !isReadable(socket_.get())) {
    }
    const base::FileDescriptor client(::accept(socket_.get(), nullptr, nullptr));
    std::array<std::uint8_t, 2048> bytes{};
    const ssize_t count = client.get() < 0 ? -1 : ::recv(client.get(), bytes.data(), bytes.size(), 0);
    if (count <= 0)
      return;
    for (const Bytes& answer : answer_(Bytes(bytes.begin(), bytes.begin() + count)))
      ::send(client.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
  }

  const bool isTcp_;
  const base::FileDescriptor socket_;
  const Answer answer_;
  base::Address address_;
  std::atomic<bool> isOver_{false};
  std::thread thread_;
};

/// A response without attributes to a request: of that type, by its transaction or by another one.
Bytes responseTo(const Bytes& request, std::uint16_t type, bool isToAnother = false) {
  Bytes response(request.begin(), request.begin() + STUN_MESSAGE_HEADER_LENGTH);
  response[0] = static_cast<std::uint8_t>(type >> 8);
  response[1] = static_cast<std::uint8_t>(type);
  response[2] = response[3] = 0;
  if (isToAnother)
    response.back() ^= 0xFF;
  return response;
}

/// RFC 8489: of a binding, a success and an error.
constexpr std::uint16_t kSuccess = 0x0101;

ProbeOutcome askTurn(const StandInServer& server, Transport transport) {
  return probeTurn(server.address(), transport, {"user", base::Secret("password")});
}

ProbeFailure failureOf(const ProbeOutcome& outcome) {
  EXPECT_FALSE(outcome);
  return outcome ? ProbeFailure{} : outcome.error();
}

TEST(ServerProbe, TellsWhatIsNoStunFromAServerThatIsAway) {
  const std::string page = "HTTP/1.1 400 Bad Request\r\n\r\n";
  const StandInServer web(Transport::Tcp, [&page](const Bytes&) { return Messages{Bytes(page.begin(), page.end())}; });
  EXPECT_EQ(failureOf(askTurn(web, Transport::Tcp)).kind, Kind::Foreign);
  // An alert of TLS looks like the beginning of a long STUN message.
  const StandInServer tls(Transport::Tcp, [](const Bytes&) { return Messages{Bytes{0x15, 3, 3, 0, 2, 2, 40}}; });
  EXPECT_EQ(failureOf(askTurn(tls, Transport::Tcp)).kind, Kind::Foreign);
  const StandInServer shy(Transport::Tcp, [](const Bytes&) { return Messages(); });
  const auto closed = failureOf(askTurn(shy, Transport::Tcp));
  EXPECT_EQ(closed.kind, Kind::Closed);
  EXPECT_EQ(closed.message, "it closes the connection");
}

TEST(ServerProbe, SaysThatNobodyListens) {
  base::Address address;
  { address = StandInServer(Transport::Tcp, nullptr).address(); }
  EXPECT_EQ(failureOf(probeTurn(address, Transport::Tcp, {})).kind, Kind::Closed);
}

TEST(StunSocket, FindsItsAnswerBehindThoseToOthers) {
  const StandInServer server(Transport::Tcp, [](const Bytes& request) {
    Bytes both = responseTo(request, kSuccess, true);
    const Bytes right = responseTo(request, kSuccess);
    both.insert(both.end(), right.begin(), right.end());
    return Messages{both};
  });
  auto socket = StunSocket::connect(server.address(), Transport::Tcp);
  ASSERT_TRUE(socket) << socket.error().message;
  const Bytes request = responseTo(Bytes(STUN_MESSAGE_HEADER_LENGTH, 7), 0x0001);
  const auto answer = socket->ask(request, kShort);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(*answer, responseTo(request, kSuccess));
}

TEST(StunSocket, WaitsNoLongerForAServerThatDoesNotStop) {
  const StandInServer server(Transport::Udp,
                             [](const Bytes& request) { return Messages(5000, responseTo(request, kSuccess, true)); });
  auto socket = StunSocket::connect(server.address(), Transport::Udp);
  ASSERT_TRUE(socket) << socket.error().message;
  const auto answer = socket->ask(responseTo(Bytes(STUN_MESSAGE_HEADER_LENGTH, 7), 0x0001), kShort);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, base::ErrorCode::Timeout);
}

TEST(ServerProbe, RefusesAChallengeThatFitsIntoNoRequest) {
  const StandInServer server(Transport::Udp, [](const Bytes& request) {
    Bytes answer(4000);
    StunAgent agent;
    stun_agent_init(&agent, STUN_ALL_KNOWN_ATTRIBUTES, STUN_COMPATIBILITY_RFC5389, static_cast<StunAgentUsageFlags>(0));
    Bytes asked = request;
    StunMessage message{};
    stun_agent_validate(&agent, &message, asked.data(), asked.size(), nullptr, nullptr);
    StunMessage error{};
    stun_agent_init_error(&agent, &error, answer.data(), answer.size(), &message, STUN_ERROR_UNAUTHORIZED);
    const Bytes nonce(3000, 'n');
    stun_message_append_bytes(&error, STUN_ATTRIBUTE_REALM, "realm", 5);
    stun_message_append_bytes(&error, STUN_ATTRIBUTE_NONCE, nonce.data(), nonce.size());
    answer.resize(stun_agent_finish_message(&agent, &error, nullptr, 0));
    return Messages{answer};
  });
  const auto failure = failureOf(askTurn(server, Transport::Udp));
  EXPECT_EQ(failure.kind, Kind::Foreign);
  EXPECT_THAT(failure.message, HasSubstr("too long"));
}

}  // namespace
}  // namespace fanlight::ice
