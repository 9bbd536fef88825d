// SPDX-License-Identifier: Apache-2.0
// Comparing hosts and origins.
#include "http/host_policy.h"

#include <algorithm>

#include <gio/gio.h>

#include "base/address.h"
#include "base/ascii.h"
#include "glib/owned.h"
#include "glib/ref.h"

namespace fanlight::http {
namespace {

constexpr std::size_t kMaxAuthorityLength = 255;

bool isHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool isPort(std::string_view text) {
  return text.size() <= 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Without the default port of `scheme`, so that "example" and "example:80" compare equal.
std::string normalised(std::string_view scheme, std::string_view authority) {
  std::string lowered = base::toLower(authority);
  const std::string_view port = scheme == "https" ? ":443" : ":80";
  if (lowered.ends_with(port))
    lowered.resize(lowered.size() - port.size());
  return lowered;
}

}  // namespace

std::optional<std::string> hostOf(std::string_view authority) {
  if (authority.empty() || authority.size() > kMaxAuthorityLength)
    return std::nullopt;
  const bool isBracketed = authority.front() == '[';
  const std::size_t end = isBracketed ? authority.find(']') : authority.find(':');
  if (isBracketed && end == std::string_view::npos)
    return std::nullopt;
  const std::string_view rest =
      end == std::string_view::npos ? std::string_view() : authority.substr(isBracketed ? end + 1 : end);
  if (!rest.empty() && (rest.front() != ':' || !isPort(rest.substr(1))))
    return std::nullopt;
  std::string host = base::toLower(isBracketed ? authority.substr(1, end - 1) : authority.substr(0, end));
  if (isBracketed && !base::isIpv6(host))
    return std::nullopt;
  if (isBracketed) {
    const auto address = glib::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(host.c_str()));
    return address ? std::optional(glib::takeString(g_inet_address_to_string(address.get()))) : std::nullopt;
  }
  if (host.ends_with('.'))
    host.pop_back();
  if (host.empty() || !std::ranges::all_of(host, isHostCharacter))
    return std::nullopt;
  return host;
}

HostPolicy::HostPolicy(const std::vector<std::string>& configured, std::string_view machine) : names_({"localhost"}) {
  for (const std::string& name : configured)
    if (const auto host = hostOf(name))
      names_.insert(*host);
  if (const auto host = hostOf(machine)) {
    names_.insert(*host);
    // mDNS knows the first label only.
    names_.insert(host->substr(0, host->find('.')) + ".local");
  }
}

bool HostPolicy::allows(std::string_view authority, std::string_view localAddress) const {
  const auto host = hostOf(authority);
  if (!host)
    return false;
  if (names_.contains(*host) || *host == localAddress)
    return true;
  const auto address = glib::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(host->c_str()));
  return address && g_inet_address_get_is_loopback(address.get());
}

bool isOwnOrigin(std::string_view origin, std::string_view scheme, std::string_view authority) {
  const std::size_t colon = origin.find("://");
  if (colon == std::string_view::npos || !base::equalsIgnoringCase(origin.substr(0, colon), scheme))
    return false;
  return normalised(scheme, origin.substr(colon + 3)) == normalised(scheme, authority);
}

bool isOfOwnOrigin(const RequestHead& head) {
  return isOwnOrigin(head.find("Origin"), toText(head.scheme), head.find("Host"));
}

}  // namespace fanlight::http
