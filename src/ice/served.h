// SPDX-License-Identifier: Apache-2.0
// What services answer that hand out TURN servers with credentials. Any thread.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "session/ice_servers.h"

namespace fanlight::ice {

inline constexpr std::size_t kMaxServedServers = 8;

struct Served {
  std::vector<session::IceServer> servers;
  std::chrono::seconds lifetime{};  ///< of the credentials; an hour where the service does not say
};

/// The shapes that are in use: one set of credentials (draft-uberti-behave-turn-rest-00: `username`, `password`, `ttl`,
/// `uris`), or W3C's RTCIceServer, one or a list, as a whole or in `iceServers`. URLs that base::parseIceUrl() does not
/// know are left out. InvalidArgument: it is none of these, or no server is left.
base::Result<Served> readServed(std::string_view text);

}  // namespace fanlight::ice
