// SPDX-License-Identifier: Apache-2.0
// Asks the services that hand out ICE servers, at the start and again in good time. Main thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "glib/event_source.h"
#include "http/fetch.h"
#include "ice/server_list.h"

namespace fanlight::app {

class ServedIceServers {
 public:
  /// `servers`, which is given what is answered, outlives it.
  ServedIceServers(const glib::MainContext& context, ice::ServerList& servers);
  ~ServedIceServers();
  ServedIceServers(const ServedIceServers&) = delete;
  ServedIceServers& operator=(const ServedIceServers&) = delete;

  struct Missing {
    base::IceServerId server;
    std::string why;
  };
  /// Whose service was of no use when it was last asked, or has not answered yet.
  std::vector<Missing> missing() const;
  /// Each has been asked, and has answered or had the time for it.
  bool isHeard() const;

 private:
  struct Asked;
  void ask(Asked& asked);
  void take(Asked& asked, const http::Fetch::Answer& answer);

  const glib::MainContext context_;
  ice::ServerList& servers_;
  std::vector<std::unique_ptr<Asked>> services_;
};

}  // namespace fanlight::app
