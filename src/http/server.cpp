// SPDX-License-Identifier: Apache-2.0
// From connections to requests, and from requests to what is done for them.
#include "http/server.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/ascii.h"
#include "glib/socket_transport.h"
#include "glib/transport_stream.h"
#include "http/credentials.h"
#include "http/header_value.h"
#include "http/still_response.h"
#include "metrics/text.h"
#include "signaling/codec.h"

namespace fanlight::http {
namespace {

constexpr const char* kSubprotocol = "fanlight.v1";

session::SourceId sourceOf(const std::string& address) {
  return session::SourceId(neighbourhood(address));
}

bool offersSubprotocol(const RequestHead& head) {
  const auto offered = listMembers(head.find("Sec-WebSocket-Protocol"));
  return std::ranges::find(offered, kSubprotocol) != offered.end();
}

}  // namespace

Server::Server(const glib::MainContext& context, Options options, const signaling::Services& services,
               session::Stills& stills, const telemetry::Source& figures, const PageFiles& page, Unready unready)
    : context_(context),
      options_(std::move(options)),
      services_(services),
      stills_(stills),
      figures_(figures),
      page_(page),
      unready_(std::move(unready)),
      proxies_(options_.trustedProxies),
      check_(HostPolicy(options_.hosts, g_get_host_name()), OriginPolicy(options_.origins), services.access,
             cookieName(services.device.id.value())),
      limit_(options_.connections, options_.connectionsPerAddress, options_.trustedProxies),
      soup_(glib::Ref<SoupServer>::adopt(soup_server_new(nullptr, nullptr))),
      signIn_(services, cookieName(services.device.id.value())),
      whep_(context, services, options_.times.candidates),
      httpSignaling_(context, options_.times, services) {
  requestStarted_ = glib::connectDirect<void(SoupServer*, SoupServerMessage*)>(
      soup_.get(), "request-started", [this](SoupServer*, SoupServerMessage* message) {
        const auto visit = visits_.find(soup_server_message_get_remote_address(message));
        if (visit != visits_.end())
          visit->second.connection->begin(message);
      });
}

Server::~Server() = default;

base::Result<> Server::useCertificate(const access::TlsPair& pair) {
  auto context = TlsContext::create(pair);
  if (!context)
    return tl::unexpected(context.error());
  tls_ = std::move(*context);
  return {};
}

base::Result<> Server::listen() {
  if (auto listening = listenAt(options_.listen, Scheme::Http); !listening)
    return listening;
  return listenAt(options_.tlsListen, Scheme::Https);
}

base::Result<> Server::listenAt(const std::vector<base::Address>& addresses, Scheme scheme) {
  Listener::Owner& owner = *this;
  for (const base::Address& address : addresses) {
    auto listener = Listener::open(context_, address, scheme, familiesAt(address.port), limit_, owner);
    if (!listener)
      return tl::unexpected(listener.error());
    listeners_.push_back(std::move(*listener));
  }
  return {};
}

Listener::Families Server::familiesAt(std::uint16_t port) const {
  const base::Address ipv4{"0.0.0.0", port};
  const bool isListed = std::ranges::count(options_.listen, ipv4) + std::ranges::count(options_.tlsListen, ipv4) > 0;
  return isListed ? Listener::Families::OwnOnly : Listener::Families::Ipv4Too;
}

std::vector<std::string> Server::urls() const {
  std::vector<std::string> urls;
  std::ranges::transform(listeners_, std::back_inserter(urls), [](const auto& listener) {
    return fmt::format("{}://{}/", toText(listener->scheme()), listener->address());
  });
  return urls;
}

/// Whether there is one; without, the connection ends.
bool Server::makeStream(Accepted& accepted) const {
  if (accepted.scheme == Scheme::Http) {
    accepted.stream = glib::makeStream(std::make_unique<glib::SocketTransport>(accepted.socket.clone()));
    return true;
  }
  auto transport = tls_ ? tls_->begin(accepted.socket.clone()) : nullptr;
  accepted.tls = transport.get();
  if (transport)
    accepted.stream = glib::makeStream(std::move(transport));
  return accepted.tls != nullptr;
}

void Server::onAccepted(Accepted accepted) {
  if (!makeStream(accepted))
    return;
  Connection::Owner& owner = *this;
  auto connection = std::make_unique<Connection>(context_, options_.times, std::move(accepted), owner);
  Connection& started = *connection;
  Visit& visit = visits_[started.remote()];
  visit.connection = std::move(connection);
  visit.number = ++lastNumber_;
  started.start(soup_.get());
}

void Server::onFull() {
  Visit* oldest = nullptr;
  for (auto& [remote, visit] : visits_)
    if (visit.mayGo() && (!oldest || visit.number < oldest->number))
      oldest = &visit;
  const auto socket = std::ranges::find_if(sockets_, [](const auto& entry) {
    return !entry.second->endpoint.hasGrant() && !entry.second->channel.isClosed();
  });
  if (socket != sockets_.end() && (!oldest || socket->first < oldest->number))
    sockets_.erase(socket);
  else if (oldest)
    oldest->connection->abort();
  else
    httpSignaling_.dropAStranger();
}

tl::expected<void, Response> Server::onHead(Connection& connection, RequestHead& head) {
  const Client client = proxies_.clientOf(head, {connection.remoteAddress(), head.scheme});
  head.scheme = client.scheme;
  const bool isDirect = client.address == connection.remoteAddress();
  if (!isDirect) {
    auto place = limit_.takeBehind(client.address);
    if (!place)
      return tl::unexpected<Response>(
          refusalResponse({session::RefusalCode::Busy, "too many connections from your address: try again later"}));
    connection.holdAlso(std::move(place));
  }
  const session::SourceId source = sourceOf(client.address);
  auto admitted = check_.judge(head, {connection.localAddress(), source});
  if (!admitted)
    return tl::unexpected<Response>(std::move(admitted.error()));
  Visit& visit = visits_[connection.remote()];
  visit.route = admitted->match.route;
  visit.request.head = head;
  visit.request.head.path = withoutKey(head.path);
  visit.request.camera = admitted->match.camera;
  visit.request.session = admitted->match.session;
  visit.request.channel = admitted->match.channel;
  visit.request.source = source;
  visit.request.arrival = {client.address, isDirect ? connection.localAddress() : std::string()};
  connection.addHeaders(std::move(admitted->headers));
  visit.request.token = std::move(admitted->token);
  visit.request.grant = std::move(admitted->grant);
  return {};
}

void Server::onRequest(Connection& connection, std::string body) {
  Visit& visit = visits_[connection.remote()];
  visit.request.body = std::move(body);
  act(visit);
}

void Server::act(Visit& visit) {
  const Reply reply = visit.connection->reply();
  const Request& request = visit.request;
  switch (visit.route->action) {
    case Action::ReportHealth:
      return reply(textResponse(200, "ok").with("Cache-Control", "no-store"));
    case Action::ReportReadiness:
      return reply(readiness());
    case Action::ReportMetrics:
      return reply(
          bodyResponse(metrics::kTextType, metrics::toText(figures_.figures())).with("Cache-Control", "no-store"));
    case Action::LogIn:
      return reply(signIn_.logIn(request));
    case Action::LogOut:
      return reply(signIn_.logOut(request));
    case Action::DescribePairing:
      return reply(signIn_.describePairing());
    case Action::Pair:
      return reply(signIn_.pair(request));
    case Action::ListCameras:
      return reply(cameras(request));
    case Action::TakeStill:
      return stills_.take(request.camera, sendStill(reply));
    case Action::FindLastStill:
      return stills_.findLast(request.camera, sendStill(reply));
    case Action::OpenSignaling:
      return openSignaling(visit);
    case Action::OpenHttpSignaling:
      return openHttpSignaling(visit);
    case Action::ReceiveSignaling:
      return reply(httpSignaling_.receive(request));
    case Action::CloseSignaling:
      return reply(httpSignaling_.close(request));
    case Action::DescribeWhep:
      return reply(whep_.describe(request));
    case Action::OpenWhep:
      return visit.connection->onAbandoned(whep_.open(request, reply));
    case Action::DescribeWhepSession:
      return reply(whep_.describeSession(request));
    case Action::TrickleWhep:
      return reply(whep_.trickle(request));
    case Action::EndWhep:
      return reply(whep_.end(request));
    case Action::SendPageFile:
      return reply(pageResponse(page_, request.head, options_.origins));
  }
}

Response Server::readiness() const {
  const auto reason = unready_();
  Response response = reason ? textResponse(503, *reason) : textResponse(200, "ok");
  return std::move(response).with("Cache-Control", "no-store");
}

Response Server::cameras(const Request& request) const {
  const auto visible = signaling::visibleCameras(services_, request.grant);
  return bodyResponse("application/json", signaling::encodeCameras(services_.device, visible))
      .with("Cache-Control", "no-store");
}

session::Stills::Taken Server::sendStill(const Reply& reply) const {
  return [&clock = services_.clock, reply](const base::Result<session::Still>& still) {
    reply(stillResponse(still, clock.now()));
  };
}

void Server::openSignaling(Visit& visit) {
  const RequestHead& head = visit.request.head;
  const Reply reply = visit.connection->reply();
  if (!base::equalsIgnoringCase(head.find("Upgrade"), "websocket"))
    return reply(textResponse(426, "signaling needs a WebSocket").with("Upgrade", "websocket"));
  if (!offersSubprotocol(head))
    return reply(textResponse(400, "the WebSocket must offer the subprotocol 'fanlight.v1'"));
  visit.connection->upgrade(kSubprotocol);
}

void Server::openHttpSignaling(Visit& visit) {
  if (auto objection = httpSignaling_.objection(visit.request))
    return visit.connection->reply()(std::move(*objection));
  visit.connection->handOver();
}

Server::Socket::Socket(const Server& server, Accepted accepted, glib::Ref<GIOStream> stream, const Request& request,
                       std::function<void()> gone)
    : channel(server.context_, server.options_.times, std::move(accepted), std::move(stream), std::move(gone)),
      endpoint(server.services_, channel, {request.source, request.arrival}, request.token),
      helloIsDue(glib::EventSource::timer(server.context_, server.options_.times.hello, [this] {
        if (!endpoint.hasGrant())
          channel.closeWith(CloseCode::PolicyViolation, "no 'hello' came");
        return glib::Continue::No;
      })) {}

void Server::onUpgraded(Accepted accepted, glib::Ref<GIOStream> stream) {
  const std::uint64_t number = ++lastNumber_;
  const auto gone = [this, number] { sockets_.erase(number); };
  // The visit is there until the connection says that it is closed, which comes by the loop.
  const Request& request = visits_[accepted.remote.get()].request;
  sockets_[number] = std::make_unique<Socket>(*this, std::move(accepted), std::move(stream), request, gone);
}

void Server::tick() {
  for (const auto& [number, socket] : sockets_)
    socket->endpoint.review();
  httpSignaling_.tick();
}

void Server::onHandedOver(Connection& connection, Accepted accepted, glib::Ref<GIOStream> stream) {
  httpSignaling_.open(visits_[connection.remote()].request, connection, std::move(accepted), std::move(stream));
}

void Server::onClosed(Connection& connection) {
  visits_.erase(connection.remote());
}

}  // namespace fanlight::http
