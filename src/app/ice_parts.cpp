// SPDX-License-Identifier: Apache-2.0
#include "app/ice_parts.h"

#include "base/address.h"
#include "base/log.h"
#include "ice/own_addresses.h"

namespace fanlight::app {
namespace {

/// Leads nowhere, and keeps the agent from taking all that there are.
constexpr const char* kNowhere = "127.0.0.1";

}  // namespace

IceParts::IceParts(const glib::MainContext& context, const config::Settings& settings)
    : settings_(settings.ice),
      servers_(settings.iceServers, clock_, steadyClock_),
      served_(context, servers_),
      advertised_(context, settings.ice.advertised) {
  for (const auto& [server, why] : servers_.leftOut())
    base::logError("ice", "[[ice_server]] '{}' is not used: {}", server.value(), why);
}

webrtc::IceSetUp IceParts::setUp(const session::Arrival& arrival) {
  webrtc::IceSetUp setUp;
  setUp.servers = servers_.forDevice().servers;
  setUp.isRelayOnly = settings_.policy == config::IcePolicy::Relay;
  setUp.ports = settings_.ports;
  if (!settings_.excludedInterfaces.empty()) {
    setUp.addresses = ice::ownAddresses(settings_.excludedInterfaces, arrival.at);
    if (setUp.addresses.empty()) {
      base::logWarning("ice", "'exclude_interfaces' of [ice] leaves no network interface that runs: nobody is reached");
      setUp.addresses = {kNowhere};
    }
  }
  setUp.telling.advertised = advertised_.now();
  // Who comes by a tunnel or a proxy of this machine, whose address tells nothing, may be anybody.
  setUp.telling.hidesLocal = settings_.hidesLocalAddresses && !base::isPrivateAddress(arrival.from);
  return setUp;
}

}  // namespace fanlight::app
