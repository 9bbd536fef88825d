// SPDX-License-Identifier: Apache-2.0
// Each list that is asked for has credentials of its own, under a name that nobody else has: a server's quota for one
// name is one viewer's, and its log tells them apart.
#include "ice/server_list.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/log.h"
#include "base/random.h"
#include "glib/atomic_file.h"
#include "ice/turn_credential.h"

namespace fanlight::ice {
namespace {

constexpr std::size_t kMaxKeyBytes = 1024;
constexpr base::Duration kUntilTheClockMayBeSet = std::chrono::seconds(20);

/// A file with one line.
base::Result<base::Secret> readKey(const std::string& path) {
  const auto text = glib::readWhole(path, kMaxKeyBytes);
  if (!text)
    return tl::unexpected(text.error());
  if (!*text)
    return base::fail(base::ErrorCode::NotFound, fmt::format("there is no file '{}'", path));
  std::string_view line = base::trim(std::string_view(**text).substr(0, (*text)->find_first_of("\r\n")));
  if (line.empty())
    return base::fail(base::ErrorCode::InvalidArgument, fmt::format("'{}' is empty", path));
  return base::Secret(std::string(line));
}

}  // namespace

ServerList::ServerList(const std::vector<config::IceServer>& settings, const base::WallClock& clock) : clock_(clock) {
  for (const config::IceServer& server : settings) {
    const std::string& file = server.secret.empty() ? server.password : server.secret;
    auto key = file.empty() ? base::Result<base::Secret>(base::Secret()) : readKey(file);
    if (key)
      servers_.push_back({server, std::move(*key)});
    else
      base::logError("ice", "[[ice_server]] '{}' is not used: {}", server.id.value(), key.error().message);
  }
}

std::optional<session::IceServer> ServerList::describe(const Server& server) {
  const config::IceServer& settings = server.settings;
  if (settings.secret.empty())
    return session::IceServer{settings.urls, settings.username, server.key};
  const auto now = clock_.now();
  if (!now)
    return std::nullopt;
  const auto lifetime = std::chrono::ceil<std::chrono::seconds>(settings.lifetime);
  TurnCredential credential = mintCredential(server.key, base::randomId(), *now + lifetime);
  return session::IceServer{settings.urls, std::move(credential.username), std::move(credential.password)};
}

session::IceServerList ServerList::listFor(config::IceUser user) {
  session::IceServerList list;
  bool lacksTime = false;
  for (const Server& server : servers_) {
    if (server.settings.usedBy != config::IceUser::All && server.settings.usedBy != user)
      continue;
    auto described = describe(server);
    lacksTime = lacksTime || !described;
    if (!described)
      continue;
    list.servers.push_back(std::move(*described));
    if (!server.settings.secret.empty())
      list.lifetime = std::min<base::Duration>(list.lifetime.value_or(base::Duration::max()), server.settings.lifetime);
  }
  // Whoever asks shall ask again soon.
  if (lacksTime)
    list.lifetime = kUntilTheClockMayBeSet;
  if (lacksTime && !isWithoutTime_)
    base::logWarning("ice", "the clock is not set: TURN servers whose credentials end by it are left out until it is");
  isWithoutTime_ = lacksTime;
  return list;
}

}  // namespace fanlight::ice
