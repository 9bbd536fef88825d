// SPDX-License-Identifier: Apache-2.0
// A connected socket, as it is. Owner thread.
#pragma once

#include "glib/ref.h"
#include "glib/transport.h"

namespace fanlight::glib {

class SocketTransport final : public Transport {
 public:
  explicit SocketTransport(Ref<GSocket> socket) : socket_(std::move(socket)) {}

  Moved read(std::span<char> into) override;
  Moved write(std::string_view bytes) override;
  void endSending() override;
  void close() override;
  int descriptor() const override { return g_socket_get_fd(socket_.get()); }

 private:
  const Ref<GSocket> socket_;
};

}  // namespace fanlight::glib
