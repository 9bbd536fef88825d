// SPDX-License-Identifier: Apache-2.0
// What the configuration says of ICE, put together for viewers and for the device's own ends. Main thread.
#pragma once

#include "app/ice_doctor.h"
#include "app/served_ice_servers.h"
#include "base/wall_clock.h"
#include "config/settings.h"
#include "ice/advertised_addresses.h"
#include "ice/server_list.h"
#include "session/peer.h"
#include "webrtc/ice.h"

namespace fanlight::app {

class IceParts {
 public:
  IceParts(const glib::MainContext& context, const config::Settings& settings);

  session::IceServers& servers() { return servers_; }
  /// For one session of who came by there.
  webrtc::IceSetUp setUp(const session::Arrival& arrival);
  /// For a look at all servers.
  IceTrial trial() const { return trialOf(servers_, served_); }

 private:
  const base::SystemClock clock_;
  const config::Ice settings_;
  const base::SteadyClock steadyClock_;
  ice::ServerList servers_;
  ServedIceServers served_;
  ice::AdvertisedAddresses advertised_;
};

}  // namespace fanlight::app
