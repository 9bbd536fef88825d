// SPDX-License-Identifier: Apache-2.0
// Each list that is asked for has credentials of its own, under a name that nobody else has: a server's quota for one
// name is one page's, and its log tells them apart.
#include "ice/server_list.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/log.h"
#include "base/random.h"
#include "glib/secret_file.h"
#include "ice/turn_credential.h"

namespace fanlight::ice {
namespace {

constexpr base::Duration kUntilItIsAskedForAgain = std::chrono::seconds(20);

/// That has what must not be seen.
const std::string& fileOf(const config::IceServer& server) {
  if (!server.service.empty())
    return server.serviceToken;
  return server.secret.empty() ? server.password : server.secret;
}

void shorten(session::IceServerList& list, base::Duration lifetime) {
  list.lifetime = std::min(list.lifetime.value_or(base::Duration::max()), lifetime);
}

}  // namespace

ServerList::ServerList(const std::vector<config::IceServer>& settings, const base::WallClock& wallClock,
                       const base::Clock& clock)
    : wallClock_(wallClock), clock_(clock) {
  for (const config::IceServer& server : settings) {
    const std::string& file = fileOf(server);
    auto key = file.empty() ? base::Result<base::Secret>(base::Secret()) : glib::readSecret(file);
    if (key)
      servers_.push_back({server, std::move(*key)});
    else
      leftOut_.push_back({server.id, key.error().message});
  }
}

std::optional<session::IceServer> ServerList::describe(const Server& server) const {
  const config::IceServer& settings = server.settings;
  if (settings.secret.empty())
    return session::IceServer{settings.urls, settings.username, server.key};
  const auto now = wallClock_.now();
  if (!now)
    return std::nullopt;
  const auto lifetime = std::chrono::ceil<std::chrono::seconds>(settings.lifetime);
  TurnCredential credential = mintCredential(server.key, base::randomId(), *now + lifetime);
  return session::IceServer{settings.urls, std::move(credential.username), std::move(credential.password)};
}

std::vector<ServerList::Service> ServerList::services() const {
  std::vector<Service> services;
  for (const Server& server : servers_)
    if (!server.settings.service.empty())
      services.push_back({server.settings, server.key});
  return services;
}

void ServerList::serve(const base::IceServerId& id, Served served) {
  for (Server& server : servers_)
    if (server.settings.id == id) {
      server.servedUntil = clock_.now() + served.lifetime;
      server.served = std::move(served);
    }
}

std::vector<ServerList::Named> ServerList::forTrial() const {
  std::vector<Named> named;
  for (const Server& server : servers_) {
    if (server.settings.service.empty()) {
      if (auto described = describe(server))
        named.push_back({server.settings, std::move(*described)});
      continue;
    }
    if (server.servedUntil > clock_.now())
      for (const session::IceServer& served : server.served.servers)
        named.push_back({server.settings, served});
  }
  return named;
}

std::vector<base::IceServerId> ServerList::withoutTime() const {
  std::vector<base::IceServerId> ids;
  for (const Server& server : servers_)
    if (!describe(server))
      ids.push_back(server.settings.id);
  return ids;
}

/// One set for all: to ask for each viewer would have each wait for the service.
void ServerList::addServed(const Server& server, session::IceServerList& list) const {
  const base::Duration left = server.servedUntil - clock_.now();
  if (left <= base::Duration::zero())
    return shorten(list, kUntilItIsAskedForAgain);
  list.servers.insert(list.servers.end(), server.served.servers.begin(), server.served.servers.end());
  shorten(list, left);
}

session::IceServerList ServerList::listFor(config::IceUser user) {
  session::IceServerList list;
  bool lacksTime = false;
  for (const Server& server : servers_) {
    if (server.settings.usedBy != config::IceUser::All && server.settings.usedBy != user)
      continue;
    if (!server.settings.service.empty()) {
      addServed(server, list);
      continue;
    }
    auto described = describe(server);
    lacksTime = lacksTime || !described;
    if (!described)
      continue;
    list.servers.push_back(std::move(*described));
    if (!server.settings.secret.empty())
      shorten(list, server.settings.lifetime);
  }
  // Whoever asks shall ask again soon.
  if (lacksTime)
    shorten(list, kUntilItIsAskedForAgain);
  if (lacksTime && !isWithoutTime_)
    base::logWarning("ice", "the clock is not set: TURN servers whose credentials end by it are left out until it is");
  isWithoutTime_ = lacksTime;
  return list;
}

}  // namespace fanlight::ice
