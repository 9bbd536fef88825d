// SPDX-License-Identifier: Apache-2.0
// Asks the services that hand out ICE servers, at the start and again in good time. Main thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "glib/event_source.h"
#include "http/fetch.h"
#include "ice/server_list.h"

namespace fanlight::app {

class ServedIceServers {
 public:
  /// Told of each answer, once `servers` has it, and of each failure.
  using Heard = std::function<void(const base::IceServerId&, const base::Result<>&)>;

  /// `servers`, which is given what is answered, outlives it.
  ServedIceServers(const glib::MainContext& context, ice::ServerList& servers, Heard heard = nullptr);
  ~ServedIceServers();
  ServedIceServers(const ServedIceServers&) = delete;
  ServedIceServers& operator=(const ServedIceServers&) = delete;

 private:
  struct Asked;
  void ask(Asked& asked);
  void take(Asked& asked, const http::Fetch::Answer& answer);

  const glib::MainContext context_;
  ice::ServerList& servers_;
  const Heard heard_;
  std::vector<std::unique_ptr<Asked>> services_;
};

}  // namespace fanlight::app
