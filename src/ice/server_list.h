// SPDX-License-Identifier: Apache-2.0
// The STUN and TURN servers of the configuration, with credentials for whoever asks. Main thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "base/wall_clock.h"
#include "config/settings.h"
#include "session/ice_servers.h"

namespace fanlight::ice {

class ServerList final : public session::IceServers {
 public:
  /// What is needed of the files that the settings name is read here. A server whose file cannot be read is left out,
  /// and the log says so: those who need no such server shall watch all the same. `clock` outlives it.
  ServerList(const std::vector<config::IceServer>& settings, const base::WallClock& clock);

  session::IceServerList forViewer() override { return listFor(config::IceUser::Viewers); }
  session::IceServerList forDevice() override { return listFor(config::IceUser::Device); }

 private:
  struct Server {
    config::IceServer settings;
    base::Secret key;  ///< what `password` or `secret` holds; empty where neither is set
  };

  session::IceServerList listFor(config::IceUser user);
  /// None: its credentials cannot be made now.
  std::optional<session::IceServer> describe(const Server& server);

  const base::WallClock& clock_;
  std::vector<Server> servers_;
  bool isWithoutTime_ = false;  ///< and the log says so
};

}  // namespace fanlight::ice
