// SPDX-License-Identifier: Apache-2.0
// A client that sends bytes as it likes, over TCP or TLS, and keeps what comes back. It never waits: the test's loop
// does.
#pragma once

#include <array>
#include <cerrno>
#include <charconv>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
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

  /// From here on all is TLS. It believes any certificate; the handshake goes on with each call.
  void startTls() {
    prepareTls();
    isHandshakeDone();
  }
  /// The same, but for its first bytes, so that the offer may be another one.
  void prepareTls(int lowestVersion = TLS1_2_VERSION) {
    tls_.context.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_min_proto_version(tls_.context.get(), lowestVersion);
    SSL_CTX_set_mode(tls_.context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
    tls_.session.reset(SSL_new(tls_.context.get()));
    SSL_set_fd(tls_.session.get(), socket_);
    SSL_set_connect_state(tls_.session.get());
  }
  bool isHandshakeDone() { return SSL_do_handshake(tls_.session.get()) == 1; }
  SSL* tls() const { return tls_.session.get(); }

  /// As much as goes at once; how much that was. Before the end of a handshake all of it goes, later.
  std::size_t send(std::string_view bytes) {
    if (tls_.session)
      return sendByTls(bytes);
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent < 0 ? 0 : static_cast<std::size_t>(sent);
  }
  void endSending() {
    if (tls_.session)
      SSL_shutdown(tls_.session.get());
    ::shutdown(socket_, SHUT_WR);
  }

  /// All that has come so far.
  const std::string& received() {
    while (receiveSome()) {
    }
    return received_;
  }
  /// Takes one piece of what has come; whether there was one.
  bool receiveSome() {
    std::array<char, 128 * 1024> chunk;
    if (tls_.session)
      return receiveSomeByTls(chunk);
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
  struct Tls {
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{nullptr, &SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> session{nullptr, &SSL_free};
    std::string waiting;  ///< for the end of the handshake
  };

  std::size_t sendByTls(std::string_view bytes) {
    if (!isHandshakeDone()) {
      tls_.waiting += bytes;
      return bytes.size();
    }
    // As in one send(2), more than one record.
    std::size_t sent = 0;
    std::size_t part = 0;
    while (sent < bytes.size() &&
           SSL_write_ex(tls_.session.get(), bytes.data() + sent, bytes.size() - sent, &part) == 1)
      sent += part;
    return sent;
  }
  bool receiveSomeByTls(std::span<char> chunk) {
    if (isHandshakeDone() && !tls_.waiting.empty())
      tls_.waiting.erase(0, sendByTls(tls_.waiting));
    // A record is less than what a socket gives at once.
    std::size_t got = 0;
    std::size_t part = 0;
    int result = 1;
    while (got < chunk.size() && result == 1) {
      result = SSL_read_ex(tls_.session.get(), chunk.data() + got, chunk.size() - got, &part);
      got += result == 1 ? part : 0;
    }
    const int why = SSL_get_error(tls_.session.get(), result);
    isAtEnd_ = isAtEnd_ || (result != 1 && why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE);
    received_.append(chunk.data(), got);
    return got > 0;
  }
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
    std::swap(tls_, other.tls_);
    std::swap(received_, other.received_);
    std::swap(isAtEnd_, other.isAtEnd_);
  }

  int socket_ = -1;
  Tls tls_;
  std::string received_;
  bool isAtEnd_ = false;
};

}  // namespace fanlight::test
