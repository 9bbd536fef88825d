// SPDX-License-Identifier: Apache-2.0
// The STUN and TURN servers of the configuration, with credentials for whoever asks. Main thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "base/wall_clock.h"
#include "config/settings.h"
#include "ice/served.h"
#include "session/ice_servers.h"

namespace fanlight::ice {

class ServerList final : public session::IceServers {
 public:
  /// What is needed of the files that the settings name is read here. A server whose file cannot be read is left out:
  /// those who need no such server shall watch all the same. Both clocks outlive it.
  ServerList(const std::vector<config::IceServer>& settings, const base::WallClock& wallClock,
             const base::Clock& clock);

  struct LeftOut {
    base::IceServerId server;
    std::string why;
  };
  /// Of the settings.
  const std::vector<LeftOut>& leftOut() const { return leftOut_; }

  /// A server of the settings, or one that a service hands out.
  struct Named {
    config::IceServer settings;
    session::IceServer server;
  };
  /// Each as a session would be told of it, whoever it is for; but those whose credentials cannot be made now.
  std::vector<Named> forTrial() const;
  /// Those whose credentials end by a clock that is not set.
  std::vector<base::IceServerId> withoutTime() const;

  /// Those of the settings that a service has to be asked for, with what it knows us by; empty: nothing.
  struct Service {
    config::IceServer settings;
    base::Secret token;
  };
  std::vector<Service> services() const;
  /// What it has answered, in the place of what it answered before.
  void serve(const base::IceServerId& id, Served served);

  session::IceServerList forViewer() override { return listFor(config::IceUser::Viewers); }
  session::IceServerList forDevice() override { return listFor(config::IceUser::Device); }

 private:
  struct Server {
    config::IceServer settings;
    base::Secret key;  ///< what the file holds that it names; empty where it names none
    Served served{};   ///< where it is a service
    base::TimePoint servedUntil{};
  };

  session::IceServerList listFor(config::IceUser user);
  /// None: its credentials cannot be made now.
  std::optional<session::IceServer> describe(const Server& server) const;
  void addServed(const Server& server, session::IceServerList& list) const;

  const base::WallClock& wallClock_;
  const base::Clock& clock_;
  std::vector<Server> servers_;
  std::vector<LeftOut> leftOut_;
  bool isWithoutTime_ = false;  ///< and the log says so
};

}  // namespace fanlight::ice
