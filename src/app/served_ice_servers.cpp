// SPDX-License-Identifier: Apache-2.0
// Half of their time before what was answered ends, so that who asks the device meanwhile has credentials that hold;
// after a failure soon, and less and less often.
#include "app/served_ice_servers.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/log.h"
#include "ice/served.h"

namespace fanlight::app {
namespace {

constexpr std::chrono::seconds kAnswerLimit{15};
constexpr std::chrono::milliseconds kFirstPause = std::chrono::seconds(5);
constexpr std::chrono::milliseconds kLongestPause = std::chrono::minutes(5);
/// Also of credentials that hold for days: the service may take them back.
constexpr std::chrono::milliseconds kLongestRest = std::chrono::minutes(30);
/// Of credentials that hold for a moment.
constexpr std::chrono::milliseconds kShortestRest = std::chrono::seconds(5);

/// What services that are posted to want to know; others do not look.
std::string lifetimeAsJson(std::chrono::milliseconds lifetime) {
  return fmt::format(R"({{"ttl":{}}})", std::chrono::ceil<std::chrono::seconds>(lifetime).count());
}

}  // namespace

struct ServedIceServers::Asked {
  ice::ServerList::Service service;
  std::chrono::milliseconds pause = kFirstPause;
  /// How it was when it was last asked; none: that is under way for the first time.
  std::optional<base::Result<>> outcome;
  std::unique_ptr<http::Fetch> fetch;
  glib::EventSource timer;
};

ServedIceServers::ServedIceServers(const glib::MainContext& context, ice::ServerList& servers)
    : context_(context), servers_(servers) {
  for (ice::ServerList::Service& service : servers.services()) {
    services_.push_back(std::make_unique<Asked>());
    services_.back()->service = std::move(service);
    ask(*services_.back());
  }
}

ServedIceServers::~ServedIceServers() = default;

std::vector<ServedIceServers::Missing> ServedIceServers::missing() const {
  std::vector<Missing> missing;
  for (const auto& asked : services_) {
    const base::IceServerId& id = asked->service.settings.id;
    if (!asked->outcome)
      missing.push_back({id, "its service has not answered yet"});
    else if (!*asked->outcome)
      missing.push_back({id, asked->outcome->error().message});
  }
  return missing;
}

bool ServedIceServers::isHeard() const {
  return std::ranges::all_of(services_, [](const auto& asked) { return asked->outcome.has_value(); });
}

void ServedIceServers::ask(Asked& asked) {
  const auto& [settings, token] = asked.service;
  const http::FetchRequest request{settings.service, token, token.empty() ? "" : lifetimeAsJson(settings.lifetime)};
  asked.fetch = std::make_unique<http::Fetch>(
      context_, request, kAnswerLimit, [this, &asked](const http::Fetch::Answer& answer) { take(asked, answer); });
}

void ServedIceServers::take(Asked& asked, const http::Fetch::Answer& answer) {
  auto served = answer ? ice::readServed(*answer) : tl::unexpected(answer.error());
  const bool wasMissed = asked.outcome && !*asked.outcome;
  asked.outcome = served ? base::Result<>() : tl::unexpected(served.error());
  std::chrono::milliseconds rest = asked.pause;
  if (served) {
    rest = std::clamp<std::chrono::milliseconds>(served->lifetime / 2, kShortestRest, kLongestRest);
    asked.pause = kFirstPause;
    servers_.serve(asked.service.settings.id, std::move(*served));
  } else {
    asked.pause = std::min(asked.pause * 2, kLongestPause);
    if (!wasMissed)
      base::logWarning("ice", "the service of [[ice_server]] '{}' is of no use: {}; it is asked again and again",
                       asked.service.settings.id.value(), served.error().message);
  }
  asked.timer = glib::EventSource::timer(context_, rest, [this, &asked] {
    ask(asked);
    return glib::Continue::No;
  });
}

}  // namespace fanlight::app
