// SPDX-License-Identifier: Apache-2.0
// What this machine is called and reached by, for its certificate and its links. Any thread.
#pragma once

#include "access/tls_certificate.h"

namespace fanlight::access {

/// More are left out, the last ones first.
inline constexpr std::size_t kMaxMachineAddresses = 16;

/// The host's name, its ".local" name, `configured` (names and IPv4 addresses), loopback, and the addresses of the
/// interfaces that are up: no link-local ones, which a browser cannot name without an interface, and none of those of
/// IPv6 that last a day (RFC 8981).
TlsNames machineNames(const std::vector<std::string>& configured);

}  // namespace fanlight::access
