// SPDX-License-Identifier: Apache-2.0
// The rules of TLS, and the certificate that is shown: 1.2 and 1.3, forward secrecy, no renegotiation. Main thread.
//
// OpenSSL rather than GIO's GTlsServerConnection, because of glib-networking: it makes each handshake on one of the ten
// threads of GTask, where as many peers that stall keep everybody else out for seconds, name look-ups of ICE among
// them; it closes by a write that blocks; and the lowest version can only be told to it by an environment variable.
#pragma once

#include <memory>

#include <openssl/ssl.h>

#include "access/tls_certificate.h"
#include "glib/ref.h"
#include "http/tls_transport.h"

namespace fanlight::http {

/// What connections begin with. Those that have begun go on with what they began with when it is replaced.
class TlsContext {
 public:
  /// InvalidArgument: OpenSSL does not take the pair: a key too weak, one that is not the certificate's.
  static base::Result<TlsContext> create(const access::TlsPair& pair);

  /// The device's end of a connection that was accepted; its handshake is still to come. Null: out of memory.
  std::unique_ptr<TlsTransport> begin(glib::Ref<GSocket> socket) const;

 private:
  using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
  explicit TlsContext(Context context) : context_(std::move(context)) {}

  Context context_;
};

}  // namespace fanlight::http
