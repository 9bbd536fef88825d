// SPDX-License-Identifier: Apache-2.0
// Places in a network. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fanlight::base {

/// An IPv4 or IPv6 address, as inet_ntop(3) writes it, and a TCP port; port 0 lets the kernel pick one.
struct Address {
  std::string ip;
  std::uint16_t port = 0;
  bool operator==(const Address&) const = default;
};

/// Whether an address is one of IPv6; a name is none.
bool isIpv6(std::string_view ip);
/// An address or a name as it stands in a URL, and before a port: "127.0.0.1", "[::1]".
std::string toHost(std::string_view ip);

/// "127.0.0.1:8080" or "[::1]:8080". No names: what they resolve to may change.
std::optional<Address> parseAddress(std::string_view text);
std::string toText(const Address& address);

/// Where a server is asked.
struct Place {
  std::string host;  ///< a name in lower case, or an address as inet_ntop(3) writes it, without brackets
  std::uint16_t port = 0;
  bool operator==(const Place&) const = default;
};

/// "turn.example", "turn.example:443", "[2001:db8::1]:443"; without a port it is `usualPort`.
std::optional<Place> parsePlace(std::string_view text, std::uint16_t usualPort);

/// UDP ports, both ends included.
struct PortRange {
  std::uint16_t first = 0;  ///< 0: any that the kernel picks
  std::uint16_t last = 0;
  bool operator==(const PortRange&) const = default;
};

/// Of a network that is not the internet, so that it says something of that network: RFC 1918, 3927, 4193, 6598 and
/// IPv6's link-local addresses. What is no address is none; this machine's own 127.0.0.1 and ::1 are none.
bool isPrivateAddress(std::string_view ip);

/// Of RFC 3927 or IPv6's fe80::/10, which nobody beyond the next router has a way to.
bool isLinkLocalAddress(std::string_view ip);

/// A DNS name in lower case (an IPv4 address looks like one, too), without port.
bool isHostName(std::string_view name);

}  // namespace fanlight::base
