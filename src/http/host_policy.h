// SPDX-License-Identifier: Apache-2.0
// Which names the device answers to, and which pages may act on it. A page elsewhere can make its own name resolve to
// this device (DNS rebinding), and can send requests to it from a browser; neither can lie in Host or Origin. Any
// thread.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"

namespace fanlight::http {

class HostPolicy {
 public:
  /// `configured`: names of the config. `machine`: the host's name; it and its ".local" are allowed too.
  HostPolicy(const std::vector<std::string>& configured, std::string_view machine);

  /// Whether a request with `Host: authority` that came in at `localAddress` (numeric) is meant for this device:
  /// a loopback name or address, the address that it came in at, or one of the names. The port is not compared, since
  /// a tunnel or a container's port mapping changes it.
  bool allows(std::string_view authority, std::string_view localAddress) const;

 private:
  std::set<std::string> names_;
};

/// The host of "Name.example:8080" or "[::1]:8080": lower case, without port, brackets and the dot at the end; none
/// where it is not the form of an authority.
std::optional<std::string> hostOf(std::string_view authority);

/// Whether `origin` (of the header) is the device's own page as reached by `authority`.
bool isOwnOrigin(std::string_view origin, std::string_view scheme, std::string_view authority);

/// The same of a whole head, which has an Origin and whose Host was checked.
bool isOfOwnOrigin(const RequestHead& head);

}  // namespace fanlight::http
