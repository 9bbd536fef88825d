// SPDX-License-Identifier: Apache-2.0
// SSL_read and SSL_write, which may each want to do the other first.
#include "http/tls_transport.h"

#include <openssl/err.h>

namespace fanlight::http {

TlsTransport::TlsTransport(glib::Ref<GSocket> socket, Session session)
    : socket_(std::move(socket)), session_(std::move(session)) {
  SSL_set_msg_callback(session_.get(), &TlsTransport::onMessage);
  SSL_set_msg_callback_arg(session_.get(), this);
}

void TlsTransport::onMessage(int isWritten, int /*version*/, int type, const void* bytes, std::size_t length,
                             SSL* /*session*/, void* self) {
  const bool isKeyUpdate = isWritten == 0 && type == SSL3_RT_HANDSHAKE && length > 0 &&
                           *static_cast<const unsigned char*>(bytes) == SSL3_MT_KEY_UPDATE;
  if (isKeyUpdate)
    ++static_cast<TlsTransport*>(self)->keyUpdates_;
}

TlsTransport::Handshake TlsTransport::handshake() {
  ERR_clear_error();
  const int result = SSL_do_handshake(session_.get());
  if (result == 1) {
    awaitedByRead_ = G_IO_IN;
    return Handshake::Done;
  }
  const bool isHttp = ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST;
  if (!stopped(result, awaitedByRead_))
    return Handshake::Going;
  return isHttp ? Handshake::PlainHttp : Handshake::Failed;
}

glib::Moved TlsTransport::read(std::span<char> into) {
  if (!session_)
    return socket_.read(into);
  if (hasFailed_ || descriptor() < 0)
    return 0;
  std::size_t got = 0;
  ERR_clear_error();
  const int result = SSL_read_ex(session_.get(), into.data(), into.size(), &got);
  awaitedByRead_ = G_IO_IN;
  if (keyUpdates_ > kMaxKeyUpdates) {
    hasFailed_ = true;
    return 0;
  }
  return result == 1 ? got : stopped(result, awaitedByRead_);
}

glib::Moved TlsTransport::write(std::string_view bytes) {
  if (!session_)
    return socket_.write(bytes);
  if (hasFailed_ || descriptor() < 0)
    return 0;
  std::size_t sent = 0;
  ERR_clear_error();
  const int result = SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &sent);
  awaitedByWrite_ = G_IO_OUT;
  return result == 1 ? sent : stopped(result, awaitedByWrite_);
}

/// None: it waits for `awaited`; else it is over.
glib::Moved TlsTransport::stopped(int result, GIOCondition& awaited) {
  const int why = SSL_get_error(session_.get(), result);
  ERR_clear_error();
  if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) {
    awaited = why == SSL_ERROR_WANT_READ ? G_IO_IN : G_IO_OUT;
    return std::nullopt;
  }
  // After an error, unlike after the peer's own end, OpenSSL must not be asked for anything more.
  hasFailed_ = hasFailed_ || why != SSL_ERROR_ZERO_RETURN;
  return 0;
}

GIOCondition TlsTransport::awaitedByRead() const {
  const bool isReady = session_ && SSL_pending(session_.get()) > 0;
  return isReady ? GIOCondition(0) : awaitedByRead_;
}

void TlsTransport::notifyClose() {
  const bool isDue = session_ && !hasFailed_ && descriptor() >= 0 && SSL_is_init_finished(session_.get()) == 1 &&
                     (SSL_get_shutdown(session_.get()) & SSL_SENT_SHUTDOWN) == 0;
  if (!isDue)
    return;
  ERR_clear_error();
  // Where there is no room for it, the peer does not read anyway.
  SSL_shutdown(session_.get());
  ERR_clear_error();
}

void TlsTransport::endSending() {
  notifyClose();
  socket_.endSending();
}

void TlsTransport::close() {
  notifyClose();
  socket_.close();
}

}  // namespace fanlight::http
