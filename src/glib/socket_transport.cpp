// SPDX-License-Identifier: Apache-2.0
// recv(2) and send(2).
#include "glib/socket_transport.h"

#include <cerrno>

#include <sys/socket.h>

namespace fanlight::glib {
namespace {

Moved toMoved(ssize_t result) {
  if (result < 0 && (errno == EAGAIN || errno == EINTR))
    return std::nullopt;
  return result < 0 ? 0 : static_cast<std::size_t>(result);
}

}  // namespace

Moved SocketTransport::read(std::span<char> into) {
  return toMoved(::recv(descriptor(), into.data(), into.size(), MSG_DONTWAIT));
}

Moved SocketTransport::write(std::string_view bytes) {
  return toMoved(::send(descriptor(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
}

void SocketTransport::endSending() {
  ::shutdown(descriptor(), SHUT_WR);
}

void SocketTransport::close() {
  g_socket_close(socket_.get(), nullptr);
}

}  // namespace fanlight::glib
