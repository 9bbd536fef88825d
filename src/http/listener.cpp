// SPDX-License-Identifier: Apache-2.0
// Binding and accepting.
#include "http/listener.h"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "glib/owned.h"
#include "http/address_text.h"

namespace fanlight::http {
namespace {

// The kernel holds a burst until the loop comes to it; past its queue a client believes that it is connected.
constexpr int kBacklog = 1024;
/// Connections taken in one go, so that a flood of them leaves the loop its other work.
constexpr int kAcceptsAtOnce = 16;
/// How long no connection is taken after the system had no room for one.
constexpr auto kRest = std::chrono::seconds(1);
constexpr std::string_view kFull =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Connection: close\r\nContent-Length: 38\r\n\r\ntoo many connections: try again later\n";

glib::Ref<GSocketAddress> toSocketAddress(const base::Address& address) {
  return glib::Ref<GSocketAddress>::adopt(g_inet_socket_address_new_from_string(address.ip.c_str(), address.port));
}

bool isEverywhere(const base::Address& address) {
  return address.ip == "::";
}

base::Result<glib::Ref<GSocket>> bindTo(const base::Address& wanted, bool withIpv4) {
  glib::ErrorOut error;
  const auto failed = [&] {
    return base::fail(base::ErrorCode::Unavailable,
                      "cannot listen on '" + base::toText(wanted) + "': " + error.message());
  };
  const auto address = toSocketAddress(wanted);
  const GSocketFamily family = g_socket_address_get_family(address.get());
  auto socket =
      glib::Ref<GSocket>::adopt(g_socket_new(family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error.out()));
  // "[::]" means every address that there is, also where the kernel was told to do without IPv6.
  if (!socket && withIpv4 && isEverywhere(wanted))
    return bindTo({"0.0.0.0", wanted.port}, false);
  if (!socket)
    return failed();
  if (family == G_SOCKET_FAMILY_IPV6 && !g_socket_set_option(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY,
                                                             withIpv4 && isEverywhere(wanted) ? 0 : 1, error.out()))
    return failed();
  g_socket_set_listen_backlog(socket.get(), kBacklog);
  if (!g_socket_bind(socket.get(), address.get(), TRUE, error.out()) || !g_socket_listen(socket.get(), error.out()))
    return failed();
  g_socket_set_blocking(socket.get(), FALSE);
  return socket;
}

/// The short answer for one connection too many; what does not fit into its socket at once is dropped.
void turnAway(GSocket* socket) {
  const ssize_t sent = ::send(g_socket_get_fd(socket), kFull.data(), kFull.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  base::logDebug("http", "turned a connection away: the limit is reached ({} bytes of answer sent)", sent);
}

}  // namespace

base::Result<std::unique_ptr<Listener>> Listener::open(const glib::MainContext& context, const base::Address& address,
                                                       Scheme scheme, Families families, ConnectionLimit& limit,
                                                       Owner& owner) {
  auto socket = bindTo(address, families == Families::Ipv4Too);
  if (!socket)
    return tl::unexpected(socket.error());
  return std::make_unique<Listener>(context, std::move(*socket), scheme, limit, owner);
}

Listener::Listener(const glib::MainContext& context, glib::Ref<GSocket> socket, Scheme scheme, ConnectionLimit& limit,
                   Owner& owner)
    : context_(context), socket_(std::move(socket)), scheme_(scheme), limit_(limit), owner_(owner) {
  listen();
}

void Listener::listen() {
  readable_ =
      glib::EventSource::descriptor(context_, g_socket_get_fd(socket_.get()), G_IO_IN, [this] { return onReadable(); });
}

std::string Listener::address() const {
  const auto bound = glib::Ref<GSocketAddress>::adopt(g_socket_get_local_address(socket_.get(), nullptr));
  return base::toText(
      base::Address{addressText(bound.get()), g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound.get()))});
}

glib::Continue Listener::onReadable() {
  for (int accepted = 0; accepted < kAcceptsAtOnce; ++accepted)
    if (!acceptOne())
      break;
  return pause_.isActive() ? glib::Continue::No : glib::Continue::Yes;
}

bool Listener::acceptOne() {
  const int descriptor = ::accept4(g_socket_get_fd(socket_.get()), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (descriptor < 0) {
    const int reason = errno;
    const bool isOfTheSystem = reason == EMFILE || reason == ENFILE || reason == ENOBUFS || reason == ENOMEM;
    if (isOfTheSystem)
      rest(reason);
    // Others (EAGAIN, or a peer that gave up meanwhile) are over when the descriptor is readable again.
    return false;
  }
  glib::ErrorOut error;
  auto socket = glib::Ref<GSocket>::adopt(g_socket_new_from_fd(descriptor, error.out()));
  if (!socket) {
    ::close(descriptor);
    return true;
  }
  letIn(std::move(socket));
  return true;
}

void Listener::letIn(glib::Ref<GSocket> socket) {
  g_socket_set_option(socket.get(), IPPROTO_TCP, TCP_NODELAY, 1, nullptr);
  Accepted accepted;
  accepted.local = glib::Ref<GSocketAddress>::adopt(g_socket_get_local_address(socket.get(), nullptr));
  accepted.remote = glib::Ref<GSocketAddress>::adopt(g_socket_get_remote_address(socket.get(), nullptr));
  // Without addresses the peer has gone already.
  if (!accepted.local || !accepted.remote)
    return;
  const std::string address = addressText(accepted.remote.get());
  // Nobody is ended for one who would be turned away all the same.
  if (limit_.isFull() && !limit_.isCrowd(address))
    owner_.onFull();
  accepted.place = limit_.take(address);
  if (!accepted.place) {
    // A peer that speaks TLS would not understand it.
    if (scheme_ == Scheme::Http)
      turnAway(socket.get());
    return;
  }
  accepted.socket = std::move(socket);
  accepted.scheme = scheme_;
  owner_.onAccepted(std::move(accepted));
}

void Listener::rest(int reason) {
  base::logWarning("http", "cannot take a connection on '{}': {}; trying again in {} s", address(),
                   std::strerror(reason), kRest.count());
  // The source ends with onReadable(): a descriptor that stays readable would spin.
  pause_ = glib::EventSource::timer(context_, kRest, [this] {
    listen();
    return glib::Continue::No;
  });
}

}  // namespace fanlight::http
