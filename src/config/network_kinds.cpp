// SPDX-License-Identifier: Apache-2.0
// Lists of addresses and host names from and to TOML.
#include "config/network_kinds.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "config/utf8.h"

namespace fanlight::config {
namespace {

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
    if (!isHostName(host))
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

}  // namespace fanlight::config
