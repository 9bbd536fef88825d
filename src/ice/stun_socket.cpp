// SPDX-License-Identifier: Apache-2.0
// Connected sockets, so that the kernel tells what routers and hosts say of packets that they refuse.
#include "ice/stun_socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stun/stunmessage.h>
#include <sys/socket.h>

#include "ice/socket_address.h"

namespace fanlight::ice {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t kMaxMessageBytes = 4096;
/// Of UDP, doubled each time (RFC 8489 6.2.1).
constexpr std::chrono::milliseconds kFirstPause{500};

base::ErrorCode codeOf(int error) {
  switch (error) {
    case ETIMEDOUT:
      return base::ErrorCode::Timeout;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
      return base::ErrorCode::NotFound;
    default:
      return base::ErrorCode::Unavailable;
  }
}

auto failBy(int error) {
  return base::fail(codeOf(error), std::strerror(error));
}

auto notStun() {
  return base::fail(base::ErrorCode::Unsupported, "what answers there does not speak STUN");
}

int typeOf(base::IceUrl::Transport transport) {
  return transport == base::IceUrl::Transport::Udp ? SOCK_DGRAM : SOCK_STREAM;
}

}  // namespace

base::Result<StunSocket> StunSocket::connect(const base::Address& server, base::IceUrl::Transport transport) {
  const SocketAddress address(server);
  auto descriptor = std::make_unique<base::FileDescriptor>(
      ::socket(address.family(), typeOf(transport) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (descriptor->get() < 0)
    return failBy(errno);
  StunSocket socket(std::move(descriptor), transport, address.family());
  if (transport == base::IceUrl::Transport::Udp)
    return socket.connectTo(server).map([&socket] { return std::move(socket); });
  if (::connect(socket.socket_->get(), address.get(), address.length()) != 0 && errno != EINPROGRESS)
    return failBy(errno);
  if (const auto ready = socket.waitFor(POLLOUT, std::chrono::steady_clock::now() + kPatience); !ready)
    return tl::unexpected(ready.error());
  int error = 0;
  socklen_t length = sizeof error;
  ::getsockopt(socket.socket_->get(), SOL_SOCKET, SO_ERROR, &error, &length);
  if (error != 0)
    return failBy(error);
  return socket;
}

base::Result<> StunSocket::connectTo(const base::Address& server) {
  const SocketAddress address(server);
  if (::connect(socket_->get(), address.get(), address.length()) != 0)
    return failBy(errno);
  return {};
}

base::Result<> StunSocket::forbidFragments() {
  // Probe: what the kernel remembers of the way does not count.
  const int value = family_ == AF_INET ? IP_PMTUDISC_PROBE : IPV6_PMTUDISC_PROBE;
  const int result = family_ == AF_INET
                         ? ::setsockopt(socket_->get(), IPPROTO_IP, IP_MTU_DISCOVER, &value, sizeof value)
                         : ::setsockopt(socket_->get(), IPPROTO_IPV6, IPV6_MTU_DISCOVER, &value, sizeof value);
  if (result != 0)
    return failBy(errno);
  return {};
}

base::Result<base::Address> StunSocket::localAddress() const {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  if (::getsockname(socket_->get(), reinterpret_cast<sockaddr*>(&storage), &length) != 0)
    return failBy(errno);
  return toAddress(storage);
}

base::Result<> StunSocket::waitFor(short events, SteadyTime until) const {
  pollfd waiting{socket_->get(), events, 0};
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  const int ready = ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
  if (ready < 0)
    return failBy(errno);
  return ready == 0 ? base::Result<>(failBy(ETIMEDOUT)) : base::Result<>();
}

base::Result<> StunSocket::send(std::span<const std::uint8_t> request) {
  // A request fits into any socket's buffer, so that it goes as a whole or not at all.
  if (::send(socket_->get(), request.data(), request.size(), MSG_NOSIGNAL) < 0)
    return failBy(errno);
  return {};
}

base::Result<> StunSocket::receive() {
  std::array<std::uint8_t, kMaxMessageBytes> bytes{};
  const ssize_t count = ::recv(socket_->get(), bytes.data(), bytes.size(), 0);
  if (count < 0)
    return errno == EAGAIN ? base::Result<>() : base::Result<>(failBy(errno));
  if (count == 0 && transport_ == base::IceUrl::Transport::Tcp)
    return received_.empty() ? base::fail(base::ErrorCode::Unavailable, "it closes the connection") : notStun();
  // Of UDP each packet is a message by itself.
  if (transport_ == base::IceUrl::Transport::Udp)
    received_.clear();
  if (received_.size() + static_cast<std::size_t>(count) > kMaxMessageBytes)
    return notStun();
  received_.insert(received_.end(), bytes.begin(), bytes.begin() + count);
  return {};
}

base::Result<std::optional<std::vector<std::uint8_t>>> StunSocket::takeAnswer(std::span<const std::uint8_t> request) {
  const auto transaction = [](std::span<const std::uint8_t> message) {
    return message.subspan(STUN_MESSAGE_TRANS_ID_POS, STUN_MESSAGE_TRANS_ID_LEN);
  };
  // Behind answers that came too late for what they answer there may be the right one.
  while (!received_.empty()) {
    const int length = stun_message_validate_buffer_length(received_.data(), received_.size(), true);
    if (length < 0 && transport_ == base::IceUrl::Transport::Tcp)
      return notStun();
    if (length <= 0 || static_cast<std::size_t>(length) > received_.size())
      break;
    std::vector<std::uint8_t> message(received_.begin(), received_.begin() + length);
    received_.erase(received_.begin(), received_.begin() + length);
    if (std::ranges::equal(transaction(message), transaction(request)))
      return message;
  }
  return std::nullopt;
}

base::Result<std::vector<std::uint8_t>> StunSocket::ask(std::span<const std::uint8_t> request,
                                                        std::chrono::milliseconds patience) {
  const bool isUdp = transport_ == base::IceUrl::Transport::Udp;
  const SteadyTime until = std::chrono::steady_clock::now() + patience;
  std::chrono::milliseconds pause = kFirstPause;
  SteadyTime next = isUdp ? std::chrono::steady_clock::now() + pause : until;
  if (const auto sent = send(request); !sent)
    return tl::unexpected(sent.error());
  while (std::chrono::steady_clock::now() < until) {
    if (waitFor(POLLIN, std::min(next, until))) {
      const auto received = receive();
      if (!received)
        return tl::unexpected(received.error());
      auto answer = takeAnswer(request);
      if (!answer)
        return tl::unexpected(answer.error());
      if (*answer)
        return std::move(**answer);
    }
    if (std::chrono::steady_clock::now() < next || !isUdp)
      continue;
    if (const auto sent = send(request); !sent)
      return tl::unexpected(sent.error());
    pause *= 2;
    next += pause;
  }
  return failBy(ETIMEDOUT);
}

}  // namespace fanlight::ice
