// SPDX-License-Identifier: Apache-2.0
// Tries each [[ice_server]] as a session would use it, and looks at the network on the way there.
#pragma once

#include <atomic>
#include <vector>

#include "app/ice_facts.h"
#include "app/served_ice_servers.h"
#include "ice/server_list.h"

namespace fanlight::app {

/// What there is to try, as it is known now.
struct IceTrial {
  std::vector<ice::ServerList::Named> servers;
  std::vector<IceFacts::LeftOut> leftOut;
};
/// Main thread.
IceTrial trialOf(const ice::ServerList& list, const ServedIceServers& served);

/// Blocks for up to four seconds for each address of a server that does not answer. Any thread. What has not been tried
/// once `isUnwanted` is set is missing from the facts.
IceFacts lookAtIce(IceTrial trial, const std::atomic<bool>& isUnwanted);

}  // namespace fanlight::app
