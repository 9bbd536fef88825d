// SPDX-License-Identifier: Apache-2.0
#include "app/ice_doctor.h"

#include <algorithm>
#include <array>
#include <set>

#include <netdb.h>

#include "app/served_ice_servers.h"
#include "ice/own_addresses.h"
#include "ice/server_list.h"
#include "ice/socket_address.h"

namespace fanlight::app {
namespace {

using session::FindingCause;
using Transport = base::IceUrl::Transport;

/// Of a path's MTU: what a cable carries, PPPoE, what most tunnels leave, IPv6's least, and what a path must not lack.
constexpr std::array<std::size_t, 5> kPacketSizes{1500, 1492, 1420, 1280, 576};
constexpr std::chrono::milliseconds kPacketPatience{1200};

CredentialKind credentialOf(const config::IceServer& server) {
  if (!server.service.empty())
    return CredentialKind::Service;
  if (!server.secret.empty())
    return CredentialKind::Secret;
  return server.password.empty() ? CredentialKind::None : CredentialKind::Password;
}

/// The first address of each family: others are asked only where there are many, and tell the same.
base::Result<std::vector<base::Address>> resolve(const base::IceUrl& url) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(url.host.c_str(), nullptr, &hints, &found); error != 0)
    return base::fail(base::ErrorCode::NotFound, ::gai_strerror(error));
  std::set<int> families;
  std::vector<base::Address> addresses;
  for (const addrinfo* one = found; one; one = one->ai_next) {
    if ((one->ai_family != AF_INET && one->ai_family != AF_INET6) || !families.insert(one->ai_family).second)
      continue;
    addresses.push_back({ice::toAddress(*one->ai_addr).ip, url.port});
  }
  ::freeaddrinfo(found);
  return addresses;
}

ice::ProbeOutcome probe(const base::IceUrl& url, const base::Address& address, const session::IceServer& server) {
  if (url.scheme == base::IceUrl::Scheme::Turn)
    return ice::probeTurn(address, url.transport, {server.username, server.credential});
  auto socket = ice::StunSocket::connect(address, Transport::Udp);
  if (!socket)
    return tl::unexpected(ice::failureOf(socket.error()));
  return ice::probeStun(*socket);
}

TriedUrl tryOne(const ice::ServerList::Named& named, const std::string& text, const base::IceUrl& url) {
  TriedUrl tried{named.settings.id, text, url, credentialOf(named.settings), {}, {}};
  const auto addresses = resolve(url);
  if (!addresses) {
    tried.unresolved = addresses.error().message;
    return tried;
  }
  if (url.scheme == base::IceUrl::Scheme::Turns)
    return tried;
  for (const base::Address& address : *addresses)
    tried.attempts.push_back({address, probe(url, address, named.server)});
  return tried;
}

class Looking {
 public:
  explicit Looking(const std::atomic<bool>& isUnwanted) : isUnwanted_(isUnwanted) {}

  IceFacts run(const std::vector<ice::ServerList::Named>& servers) {
    for (const ice::ServerList::Named& named : servers)
      for (const std::string& text : named.server.urls)
        if (const auto url = base::parseIceUrl(text); url && !isUnwanted_)
          facts_.urls.push_back(tryOne(named, text, *url));
    lookAtMapping();
    facts_.ownAddresses = ice::ownAddresses({}, "");
    return std::move(facts_);
  }

 private:
  /// That answer by UDP, of different addresses.
  std::vector<base::Address> answering(int family) const {
    std::vector<base::Address> servers;
    for (const TriedUrl& tried : facts_.urls) {
      if (tried.url.transport != Transport::Udp)
        continue;
      for (const auto& [server, outcome] : tried.attempts)
        if (outcome && ice::SocketAddress(server).family() == family &&
            std::ranges::find(servers, server.ip, &base::Address::ip) == servers.end())
          servers.push_back(server);
    }
    return servers;
  }

  /// By one port: whether all see it alike is what kind of router there is.
  void lookAtMapping() {
    const auto servers = answering(AF_INET);
    for (const base::Address& server : servers.empty() ? answering(AF_INET6) : servers) {
      if (isUnwanted_)
        return;
      if (!socket_) {
        auto connected = ice::StunSocket::connect(server, Transport::Udp);
        if (!connected)
          return;
        socket_.emplace(std::move(*connected));
      } else if (!socket_->connectTo(server)) {
        continue;
      }
      const auto local = socket_->localAddress();
      const auto outcome = ice::probeStun(*socket_);
      if (local && outcome)
        facts_.mappings.push_back({server, *local, outcome->mapped});
      if (outcome && !facts_.largestPacket)
        facts_.largestPacket = largestPacket();
    }
  }

  /// Each size is sent twice: one packet may be lost by chance. None: this server does not take to what fills them.
  std::optional<std::size_t> largestPacket() {
    if (!socket_->forbidFragments())
      return std::nullopt;
    const auto arrives = [this](std::size_t bytes) {
      return ice::probeStun(*socket_, bytes, kPacketPatience).has_value();
    };
    const auto size = std::ranges::find_if(kPacketSizes, arrives);
    return size == kPacketSizes.end() ? std::nullopt : std::optional(*size);
  }

  const std::atomic<bool>& isUnwanted_;
  std::optional<ice::StunSocket> socket_;
  IceFacts facts_;
};

}  // namespace

IceTrial trialOf(const ice::ServerList& list, const ServedIceServers& served) {
  IceTrial trial{list.forTrial(), {}};
  for (const auto& [server, why] : list.leftOut())
    trial.leftOut.push_back({server, why, FindingCause::ServerFile});
  const auto isTried = [&trial](const base::IceServerId& id) {
    return std::ranges::any_of(trial.servers, [&id](const auto& named) { return named.settings.id == id; });
  };
  // What it handed out before may hold for a while.
  for (const auto& [server, why] : served.missing())
    if (!isTried(server))
      trial.leftOut.push_back({server, why, FindingCause::ServerService});
  for (const base::IceServerId& server : list.withoutTime())
    trial.leftOut.push_back(
        {server, "the clock is not set, so that no credentials that end can be made", FindingCause::ServerClock});
  return trial;
}

IceFacts lookAtIce(IceTrial trial, const std::atomic<bool>& isUnwanted) {
  IceFacts facts = Looking(isUnwanted).run(trial.servers);
  facts.leftOut = std::move(trial.leftOut);
  return facts;
}

}  // namespace fanlight::app
