// SPDX-License-Identifier: Apache-2.0
// The TCP port of our own: libsoup's has neither caps nor time-outs, and does not survive running out of descriptors.
#pragma once

#include <memory>
#include <string>

#include "base/address.h"
#include "base/result.h"
#include "glib/event_source.h"
#include "glib/ref.h"
#include "http/connection_limit.h"
#include "http/request.h"
#include "http/tls_transport.h"

namespace fanlight::http {

/// A connection that was let in.
struct Accepted {
  glib::Ref<GSocket> socket;
  Scheme scheme = Scheme::Http;
  glib::Ref<GIOStream> stream;  ///< of glib::makeStream(); the one who is handed the connection makes it
  TlsTransport* tls = nullptr;  ///< where it is HTTPS: the stream's
  glib::Ref<GSocketAddress> local;
  glib::Ref<GSocketAddress> remote;
  ConnectionLimit::Place place;
};

class Listener {
 public:
  /// What "[::]" takes: every address, or where "0.0.0.0" of the same port stands beside it those of IPv6.
  enum class Families { Ipv4Too, OwnOnly };

  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void onAccepted(Accepted accepted) = 0;
    /// There is no place for anybody: another connection may be ended for a new one.
    virtual void onFull() = 0;
  };

  /// Binds `address` and hands every connection within `limit` to `owner`, on `context`;
  /// others are told 503 and closed. The error names address and cause; Unavailable where it is taken.
  static base::Result<std::unique_ptr<Listener>> open(const glib::MainContext& context, const base::Address& address,
                                                      Scheme scheme, Families families, ConnectionLimit& limit,
                                                      Owner& owner);

  /// For open(): `socket` listens already.
  Listener(const glib::MainContext& context, glib::Ref<GSocket> socket, Scheme scheme, ConnectionLimit& limit,
           Owner& owner);

  /// "127.0.0.1:8080", with the port that the kernel picked for 0.
  std::string address() const;
  Scheme scheme() const { return scheme_; }

 private:
  void listen();
  glib::Continue onReadable();
  bool acceptOne();
  void letIn(glib::Ref<GSocket> socket);
  void rest(int reason);

  const glib::MainContext context_;
  const glib::Ref<GSocket> socket_;
  const Scheme scheme_;
  ConnectionLimit& limit_;
  Owner& owner_;
  glib::EventSource readable_;
  glib::EventSource pause_;
};

}  // namespace fanlight::http
