// SPDX-License-Identifier: Apache-2.0
// The device over HTTP: listeners, the table of routes and what each does. Main thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/connection.h"
#include "http/connection_limit.h"
#include "http/http_signaling.h"
#include "http/listener.h"
#include "http/options.h"
#include "http/page_files.h"
#include "http/request_check.h"
#include "http/sign_in.h"
#include "http/soup_message.h"
#include "http/tls_context.h"
#include "http/trusted_proxies.h"
#include "http/web_socket_channel.h"
#include "http/whep.h"
#include "session/stills.h"
#include "signaling/endpoint.h"
#include "telemetry/device_figures.h"

namespace fanlight::http {

class Server final : private Listener::Owner, private Connection::Owner {
 public:
  /// Why the device is not ready to serve viewers; none: it is.
  using Unready = std::function<std::optional<std::string>()>;

  /// `context` is the main thread's default one, which libsoup uses. `services`, `stills`, `figures` and `page` outlive
  /// the server.
  Server(const glib::MainContext& context, Options options, const signaling::Services& services,
         session::Stills& stills, const telemetry::Source& figures, const PageFiles& page, Unready unready);
  /// Closes every connection. Sessions go on, unheard.
  ~Server() override;

  /// What connections over TLS begin with from now on; the ones that are there go on as they are. Needed before
  /// listen() where the options have an address for TLS. InvalidArgument: OpenSSL does not take it, and keeps the old.
  base::Result<> useCertificate(const access::TlsPair& pair);
  /// Begins to listen at every address of the options; the error names the first that cannot be had.
  base::Result<> listen();
  /// Ends the channels whose grants have ended. Asked once a second, after session::Registry::tick().
  void tick();
  /// "https://192.0.2.7:8443/" for each listener, those of TLS last, in the order of the options.
  std::vector<std::string> urls() const;
  /// Open connections, WebSockets among them.
  int connections() const { return limit_.taken(); }

 private:
  /// A connection, and its request once that has been let in.
  struct Visit {
    std::unique_ptr<Connection> connection;
    std::uint64_t number = 0;  ///< the older, the lower
    const Route* route = nullptr;
    Request request;
    bool mayGo() const { return !connection->isClosed() && (request.grant.id.empty() || connection->isUnfinished()); }
  };
  /// A viewer's WebSocket.
  struct Socket {
    /// `request`: the handshake.
    Socket(const Server& server, Accepted accepted, glib::Ref<GIOStream> stream, const Request& request,
           std::function<void()> gone);
    WebSocketChannel channel;
    signaling::Endpoint endpoint;
    glib::EventSource helloIsDue;
  };

  void onAccepted(Accepted accepted) override;
  /// Ends the oldest connection whose request is not there yet, or on which nobody has shown a token: a crowd of slow
  /// peers or of strangers keeps nobody out.
  void onFull() override;
  tl::expected<void, Response> onHead(Connection& connection, RequestHead& head) override;
  void onRequest(Connection& connection, std::string body) override;
  void onUpgraded(Accepted accepted, glib::Ref<GIOStream> stream) override;
  void onHandedOver(Connection& connection, Accepted accepted, glib::Ref<GIOStream> stream) override;
  void onClosed(Connection& connection) override;

  Listener::Families familiesAt(std::uint16_t port) const;
  base::Result<> listenAt(const std::vector<base::Address>& addresses, Scheme scheme);
  bool makeStream(Accepted& accepted) const;
  void act(Visit& visit);
  Response readiness() const;
  Response cameras(const Request& request) const;
  session::Stills::Taken sendStill(const Reply& reply) const;
  void openSignaling(Visit& visit);
  void openHttpSignaling(Visit& visit);

  const glib::MainContext context_;
  const Options options_;
  const signaling::Services& services_;
  session::Stills& stills_;
  const telemetry::Source& figures_;
  const PageFiles& page_;
  const Unready unready_;
  const TrustedProxies proxies_;
  const RequestCheck check_;
  ConnectionLimit limit_;
  glib::Ref<SoupServer> soup_;
  std::optional<TlsContext> tls_;
  const SignIn signIn_;
  Whep whep_;
  HttpSignaling httpSignaling_;
  std::map<GSocketAddress*, Visit> visits_;  ///< by Connection::remote()
  std::map<std::uint64_t, std::unique_ptr<Socket>> sockets_;
  std::uint64_t lastNumber_ = 0;
  glib::SignalConnection requestStarted_;
  std::vector<std::unique_ptr<Listener>> listeners_;
};

}  // namespace fanlight::http
