// SPDX-License-Identifier: Apache-2.0
// Addresses by inet_pton(3), which takes no abbreviations such as "127.1".
#include "base/address.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <arpa/inet.h>

#include "base/ascii.h"

namespace fanlight::base {
namespace {

constexpr std::size_t kMaxPortDigits = 5;
/// RFC 1035.
constexpr std::size_t kMaxHostBytes = 253;
constexpr std::size_t kMaxLabelBytes = 63;

// Underscores are no part of RFC 1035's names, yet local networks have such.
bool isLabelCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool isLabel(std::string_view label) {
  return !label.empty() && label.size() <= kMaxLabelBytes && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, isLabelCharacter);
}

std::optional<std::uint16_t> parsePort(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.size() > kMaxPortDigits || error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return port;
}

/// The address in its one canonical spelling.
std::optional<std::string> parseIp(int family, std::string_view text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  std::array<char, INET6_ADDRSTRLEN> spelled{};
  // A NUL inside would end the text for C too early.
  if (text.find('\0') != std::string_view::npos || ::inet_pton(family, std::string(text).c_str(), bytes.data()) != 1 ||
      !::inet_ntop(family, bytes.data(), spelled.data(), spelled.size()))
    return std::nullopt;
  return spelled.data();
}

struct AddressBytes {
  int family = AF_INET;
  std::array<unsigned char, sizeof(in6_addr)> leading{};
};

std::optional<AddressBytes> bytesOf(std::string_view ip) {
  const std::string text(ip);
  for (const int family : {AF_INET, AF_INET6})
    if (AddressBytes bytes{family}; ::inet_pton(family, text.c_str(), bytes.leading.data()) == 1)
      return bytes;
  return std::nullopt;
}

}  // namespace

bool isIpv6(std::string_view ip) {
  return ip.find(':') != std::string_view::npos;
}

std::string toHost(std::string_view ip) {
  return isIpv6(ip) ? "[" + std::string(ip) + "]" : std::string(ip);
}

bool isPrivateAddress(std::string_view ip) {
  const auto bytes = bytesOf(ip);
  if (!bytes)
    return false;
  const auto [first, second] = std::pair(bytes->leading[0], bytes->leading[1]);
  if (bytes->family == AF_INET6)
    return (first & 0xFE) == 0xFC || isLinkLocalAddress(ip);
  return first == 10 || (first == 172 && (second & 0xF0) == 16) || (first == 192 && second == 168) ||
         (first == 100 && (second & 0xC0) == 64) || isLinkLocalAddress(ip);
}

bool isLinkLocalAddress(std::string_view ip) {
  const auto bytes = bytesOf(ip);
  if (!bytes)
    return false;
  const auto [first, second] = std::pair(bytes->leading[0], bytes->leading[1]);
  return bytes->family == AF_INET6 ? first == 0xFE && (second & 0xC0) == 0x80 : first == 169 && second == 254;
}

bool isHostName(std::string_view name) {
  if (name.size() > kMaxHostBytes)
    return false;
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
    if (!isLabel(name.substr(0, dot)))
      return false;
    name.remove_prefix(dot + 1);
  }
  return isLabel(name);
}

std::optional<Address> parseAddress(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos)
    return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const bool isBracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (isBracketed)
    host = host.substr(1, host.size() - 2);
  const auto ip = parseIp(isBracketed ? AF_INET6 : AF_INET, host);
  const auto port = parsePort(text.substr(colon + 1));
  if (!ip || !port)
    return std::nullopt;
  return Address{*ip, *port};
}

std::string toText(const Address& address) {
  return toHost(address.ip) + ":" + std::to_string(address.port);
}

std::optional<Place> parsePlace(std::string_view text, std::uint16_t usualPort) {
  const bool isBracketed = text.starts_with('[');
  const bool hasPort = isBracketed ? text.find("]:") != text.npos : text.find(':') != text.npos;
  const std::string whole = std::string(text) + (hasPort ? "" : ":" + std::to_string(usualPort));
  const std::size_t hostEnd = whole.rfind(':');
  const std::string host = toLower(whole.substr(0, hostEnd));
  // By the reader of addresses, for a name with one that is none of it.
  const auto address = parseAddress((isBracketed ? host : "127.0.0.1") + whole.substr(hostEnd));
  if (!address || address->port == 0 || (!isBracketed && !isHostName(host)))
    return std::nullopt;
  return Place{isBracketed ? address->ip : host, address->port};
}

}  // namespace fanlight::base
