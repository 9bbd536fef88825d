// SPDX-License-Identifier: Apache-2.0
// The servers by which two ends find a way to each other (RFC 8445), as the core needs them. Main thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"

namespace fanlight::session {

/// W3C RTCIceServer.
struct IceServer {
  std::vector<std::string> urls;  ///< RFC 7064 and 7065; base::parseIceUrl() reads them
  std::string username;           ///< empty: the server asks for none
  base::Secret credential;
};

struct IceServerList {
  std::vector<IceServer> servers;
  std::optional<base::Duration> lifetime;  ///< of what is in it, from now on; none: it does not end
};

class IceServers {
 public:
  virtual ~IceServers() = default;
  /// Those that a viewer may use, with credentials that nobody else has been given where they can be made.
  virtual IceServerList forViewer() = 0;
  /// Those that the device uses itself in one session.
  virtual IceServerList forDevice() = 0;
};

}  // namespace fanlight::session
