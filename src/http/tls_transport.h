// SPDX-License-Identifier: Apache-2.0
// The device's end of a TLS connection, over a socket that does not block. Main thread.
#pragma once

#include <memory>

#include <openssl/ssl.h>

#include "glib/socket_transport.h"

namespace fanlight::http {

/// Times that a peer may renew its keys: each costs us far more than it costs the peer. Browsers do so after gigabytes.
inline constexpr int kMaxKeyUpdates = 16;

class TlsTransport final : public glib::Transport {
 public:
  using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

  enum class Handshake {
    Going,  ///< call again when the stream is readable, which it is for a handshake that must write as well
    Done,
    PlainHttp,  ///< the peer does not speak TLS, but HTTP; goOnPlain() lets it be told so
    Failed,
  };

  /// `session` is over `socket` and accepts.
  TlsTransport(glib::Ref<GSocket> socket, Session session);
  TlsTransport(const TlsTransport&) = delete;
  TlsTransport& operator=(const TlsTransport&) = delete;

  /// Before anything is read or written.
  Handshake handshake();
  /// What is read and written from here on is what goes over the wire.
  void goOnPlain() { session_.reset(); }

  glib::Moved read(std::span<char> into) override;
  glib::Moved write(std::string_view bytes) override;
  /// Sends "close_notify", without which a reader cannot tell an end from a cut (RFC 8446 section 6.1).
  void endSending() override;
  void close() override;
  int descriptor() const override { return socket_.descriptor(); }
  GIOCondition awaitedByRead() const override;
  GIOCondition awaitedByWrite() const override { return awaitedByWrite_; }

 private:
  static void onMessage(int isWritten, int version, int type, const void* bytes, std::size_t length, SSL*, void* self);
  glib::Moved stopped(int result, GIOCondition& awaited);
  void notifyClose();

  glib::SocketTransport socket_;
  Session session_;
  GIOCondition awaitedByRead_ = G_IO_IN;
  GIOCondition awaitedByWrite_ = G_IO_OUT;
  int keyUpdates_ = 0;
  bool hasFailed_ = false;
};

}  // namespace fanlight::http
