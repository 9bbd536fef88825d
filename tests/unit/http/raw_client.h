// SPDX-License-Identifier: Apache-2.0
// A client that sends bytes as it likes and keeps what comes back. It never waits: the test's loop does.
#pragma once

#include <array>
#include <cerrno>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fanlight::test {

/// Move-only. IPv4.
class RawClient {
 public:
  RawClient() = default;
  /// `address`: "127.0.0.1:8080". `from`: its own, any of 127.0.0.0/8.
  explicit RawClient(const std::string& address, const std::string& from = "127.0.0.1", int receiveBuffer = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receiveBuffer > 0)
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof(receiveBuffer));
    const sockaddr_in own = toAddress(from + ":0");
    const sockaddr_in server = toAddress(address);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof(own)), 0);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&server), sizeof(server)), 0);
  }
  RawClient(RawClient&& other) noexcept { swap(other); }
  RawClient& operator=(RawClient&& other) noexcept {
    swap(other);
    return *this;
  }
  ~RawClient() {
    if (socket_ >= 0)
      ::close(socket_);
  }

  /// As much as goes at once; how much that was.
  std::size_t send(std::string_view bytes) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent < 0 ? 0 : static_cast<std::size_t>(sent);
  }
  void endSending() { ::shutdown(socket_, SHUT_WR); }

  /// All that has come so far.
  const std::string& received() {
    while (receiveSome()) {
    }
    return received_;
  }
  /// Takes one piece of what has come; whether there was one.
  bool receiveSome() {
    std::array<char, 128 * 1024> chunk;
    const ssize_t got = ::recv(socket_, chunk.data(), chunk.size(), MSG_DONTWAIT);
    isAtEnd_ = isAtEnd_ || got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
    if (got > 0)
      received_.append(chunk.data(), static_cast<std::size_t>(got));
    return got > 0;
  }
  bool isAtEnd() {
    received();
    return isAtEnd_;
  }
  /// As far as receiveSome() has come.
  bool hasSeenTheEnd() const { return isAtEnd_; }

 private:
  static sockaddr_in toAddress(const std::string& text) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    const std::size_t colon = text.rfind(':');
    ::inet_pton(AF_INET, text.substr(0, colon).c_str(), &address.sin_addr);
    std::uint16_t port = 0;
    std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
    address.sin_port = htons(port);
    return address;
  }
  void swap(RawClient& other) {
    std::swap(socket_, other.socket_);
    std::swap(received_, other.received_);
    std::swap(isAtEnd_, other.isAtEnd_);
  }

  int socket_ = -1;
  std::string received_;
  bool isAtEnd_ = false;
};

}  // namespace fanlight::test
