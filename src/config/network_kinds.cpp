// SPDX-License-Identifier: Apache-2.0
// Lists of addresses and host names from and to TOML.
#include "config/network_kinds.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/broker_url.h"
#include "base/ice_url.h"
#include "config/utf8.h"

namespace fanlight::config {
namespace {

constexpr int kFirstUnprivileged = 1024;
/// IFNAMSIZ of net/if.h, with the NUL.
constexpr std::size_t kInterfaceNameBytes = 16;

/// The authority is a host, or a bracketed address, and maybe a port.
bool isOrigin(std::string_view origin) {
  const std::size_t start = origin.starts_with("https://") ? 8 : origin.starts_with("http://") ? 7 : 0;
  if (start == 0)
    return false;
  const std::string_view authority = origin.substr(start);
  const bool isBracketed = authority.starts_with('[');
  const std::size_t colon = isBracketed ? authority.find("]:") : authority.find(':');
  const std::size_t hostEnd = colon == std::string_view::npos ? authority.size() : colon + (isBracketed ? 1 : 0);
  const std::string_view host = authority.substr(0, hostEnd);
  const std::string port(hostEnd < authority.size() ? authority.substr(hostEnd) : ":0");
  const std::string asAddress = (isBracketed ? std::string(host) : "127.0.0.1") + port;
  return base::parseAddress(asAddress).has_value() && (isBracketed || base::isHostName(host));
}

std::optional<std::string> toOrigin(const std::string& text) {
  std::string origin = base::toLower(text);
  return isOrigin(origin) ? std::optional(std::move(origin)) : std::nullopt;
}

/// By the same reader as for listeners, whose addresses have a port.
std::optional<std::string> toIp(const std::string& text) {
  const auto address = base::parseAddress(base::toHost(text) + ":0");
  return address ? std::optional(address->ip) : std::nullopt;
}

/// The texts of the list as `toItem` makes them; the first that it makes nothing of is the mismatch.
Parsed<std::vector<std::string>> parseEach(const Node& node, std::size_t min, std::size_t max,
                                           std::optional<std::string> (*toItem)(const std::string&)) {
  const auto texts = parseTexts(node, min, max);
  if (!texts)
    return tl::unexpected(texts.error());
  std::vector<std::string> items;
  for (const Node& text : *texts) {
    auto item = toItem(*valueOf<std::string>(text));
    if (!item)
      return mismatch(text, inQuotes(*valueOf<std::string>(text)));
    items.push_back(std::move(*item));
  }
  return items;
}

}  // namespace

Parsed<AddressList::Value> AddressList::parse(const Node& node) const {
  const auto texts = parseTexts(node, 0, max);
  if (!texts)
    return tl::unexpected(texts.error());
  Value addresses;
  for (const Node& item : *texts) {
    const std::string& text = *valueOf<std::string>(item);
    const auto address = base::parseAddress(text);
    if (!address)
      return mismatch(item, inQuotes(text));
    if (address->port != 0 && std::ranges::find(addresses, *address) != addresses.end())
      return mismatch(item, inQuotes(text) + " twice");
    addresses.push_back(*address);
  }
  return addresses;
}

std::string AddressList::print(const Value& value) const {
  std::vector<std::string> texts;
  for (const base::Address& address : value)
    texts.push_back(toText(address));
  return printList(texts);
}

std::string AddressList::expects() const {
  return fmt::format("up to {} addresses such as '127.0.0.1:8080' or '[::1]:8080'", max);
}

Parsed<HostList::Value> HostList::parse(const Node& node) const {
  const auto texts = parseTexts(node, 0, max);
  if (!texts)
    return tl::unexpected(texts.error());
  Value hosts;
  for (const Node& item : *texts) {
    const std::string& text = *valueOf<std::string>(item);
    const std::string host = base::toLower(text);
    if (!base::isHostName(host))
      return mismatch(item, inQuotes(text));
    if (std::ranges::find(hosts, host) != hosts.end())
      return mismatch(item, inQuotes(text) + " twice");
    hosts.push_back(host);
  }
  return hosts;
}

std::string HostList::expects() const {
  return fmt::format("up to {} host names such as 'porch.local'", max);
}

Parsed<IceUrlList::Value> IceUrlList::parse(const Node& node) const {
  return parseEach(node, 1, max, [](const std::string& text) {
    return base::parseIceUrl(text) ? std::optional(text) : std::nullopt;
  });
}

std::string IceUrlList::expects() const {
  return fmt::format(
      "1 to {} servers such as 'stun:stun.example:3478', 'turn:turn.example:3478?transport=udp' or "
      "'turns:turn.example:443'",
      max);
}

Parsed<PortRangeText::Value> PortRangeText::parse(const Node& node) const {
  const auto* text = valueOf<std::string>(node);
  if (!text)
    return mismatch(node);
  const std::size_t dash = std::min(text->find('-'), text->size());
  // By the same reader as of addresses, whose ports these are.
  const auto first = base::parseAddress("127.0.0.1:" + text->substr(0, dash));
  const auto last = base::parseAddress("127.0.0.1:" + text->substr(std::min(dash + 1, text->size())));
  if (!first || !last || first->port < kFirstUnprivileged || last->port - first->port + 1 < min)
    return mismatch(node, inQuotes(*text));
  return base::PortRange{first->port, last->port};
}

std::string PortRangeText::print(const Value& value) const {
  return value == Value{} ? "" : printString(fmt::format("{}-{}", value.first, value.last));
}

std::string PortRangeText::expects() const {
  return fmt::format("{} or more ports from {} on, such as '50000-50099'", min, kFirstUnprivileged);
}

Parsed<InterfaceList::Value> InterfaceList::parse(const Node& node) const {
  return parseEach(node, 0, max, [](const std::string& text) {
    const bool isName = !text.empty() && text.size() < kInterfaceNameBytes && text != "." && text != ".." &&
                        std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f' && c != '/' && c != ':'; });
    return isName ? std::optional(text) : std::nullopt;
  });
}

std::string InterfaceList::expects() const {
  return fmt::format("up to {} network interfaces such as 'wg0'", max);
}

Parsed<PlaceList::Value> PlaceList::parse(const Node& node) const {
  return parseEach(node, 0, max, [](const std::string& text) {
    if (auto ip = toIp(text))
      return ip;
    std::string name = base::toLower(text);
    // What ends in digits alone is an address that went wrong.
    const bool isName = base::isHostName(name) && !std::ranges::all_of(name.substr(name.rfind('.') + 1), base::isDigit);
    return isName ? std::optional(std::move(name)) : std::nullopt;
  });
}

std::string PlaceList::expects() const {
  return fmt::format("up to {} addresses or names such as '198.51.100.7' or 'home.example.org'", max);
}

Parsed<OriginList::Value> OriginList::parse(const Node& node) const {
  return parseEach(node, 0, max, toOrigin);
}

std::string OriginList::expects() const {
  return fmt::format("up to {} origins such as 'https://home.example:8123'", max);
}

Parsed<IpList::Value> IpList::parse(const Node& node) const {
  return parseEach(node, 0, max, toIp);
}

std::string IpList::expects() const {
  return fmt::format("up to {} addresses such as '127.0.0.1' or '::1'", max);
}

Parsed<std::string> WebAddress::parse(const Node& node) const {
  const auto* text = valueOf<std::string>(node);
  if (!text)
    return mismatch(node);
  std::string_view rest = *text;
  const std::size_t scheme = rest.starts_with("https://") ? 8 : rest.starts_with("http://") ? 7 : 0;
  rest.remove_prefix(scheme);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?"));
  const auto isPlain = [](char c) { return c > ' ' && c < '\x7f' && c != '#' && c != '"' && c != '\\'; };
  // Not quoted: it may be a secret.
  if (scheme == 0 || host.empty() || host.find('@') != host.npos || text->size() > kMaxBytes ||
      !std::ranges::all_of(*text, isPlain))
    return mismatch(node, "another text");
  return *text;
}

Parsed<BrokerAddress::Value> BrokerAddress::parse(const Node& node) const {
  const auto* text = valueOf<std::string>(node);
  if (!text)
    return mismatch(node);
  if (!base::parseBrokerUrl(*text))
    return mismatch(node, inQuotes(*text));
  return *text;
}

}  // namespace fanlight::config
