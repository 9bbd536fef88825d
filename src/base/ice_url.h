// SPDX-License-Identifier: Apache-2.0
// Where a server is that helps two ends to find each other: RFC 7064's "stun" and RFC 7065's "turn" and "turns". Any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fanlight::base {

struct IceUrl {
  enum class Scheme { Stun, Turn, Turns };
  enum class Transport { Udp, Tcp };

  Scheme scheme = Scheme::Stun;
  std::string host;  ///< a name in lower case, or an address as inet_ntop(3) writes it, without brackets
  std::uint16_t port = 0;
  Transport transport = Transport::Udp;  ///< to the server; what it relays goes over UDP
  bool operator==(const IceUrl&) const = default;
};

/// "stun:stun.example", "turn:[2001:db8::1]:3478?transport=tcp". Without a port 3478, with "turns" 5349; without a
/// transport UDP, with "turns" TCP, which is all that browsers know there. "stuns", and what browsers refuse, is none.
std::optional<IceUrl> parseIceUrl(std::string_view text);

/// Those of that scheme; what parseIceUrl() does not know is passed over.
std::vector<IceUrl> urlsOf(const std::vector<std::string>& texts, IceUrl::Scheme scheme);

}  // namespace fanlight::base
