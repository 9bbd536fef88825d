// SPDX-License-Identifier: Apache-2.0
// The kernel's lists of addresses.
#include "access/machine_names.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <string_view>

#include <arpa/inet.h>
#include <gio/gio.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include "base/ascii.h"

namespace fanlight::access {
namespace {

using Interfaces = std::unique_ptr<ifaddrs, decltype(&freeifaddrs)>;

/// Of /proc/net/if_inet6, whose kernel header has no other name for it: IFA_F_TEMPORARY.
constexpr unsigned kTemporary = 0x01;
/// The scope "global", which local ones (RFC 4193) have as well; the kernel's word for a link-local one is 0x20.
constexpr unsigned kGlobal = 0x00;

bool isHostCharacter(char c) {
  return base::isAlphanumeric(c) || c == '-' || c == '.' || c == '_';
}

void add(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && std::ranges::find(list, text) == list.end())
    list.push_back(text);
}

void addHost(TlsNames& names, const std::string& host) {
  if (g_hostname_is_ip_address(host.c_str()))
    return add(names.addresses, host);
  if (std::ranges::all_of(host, isHostCharacter))
    add(names.hosts, base::toLower(host));
}

/// IPv4, as getifaddrs(3) lists it.
void addIpv4(TlsNames& names) {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0)
    return;
  const Interfaces owned(first, &freeifaddrs);
  for (const ifaddrs* each = first; each; each = each->ifa_next) {
    if (!each->ifa_addr || each->ifa_addr->sa_family != AF_INET || (each->ifa_flags & IFF_UP) == 0)
      continue;
    const in_addr address = reinterpret_cast<const sockaddr_in*>(each->ifa_addr)->sin_addr;
    std::array<char, INET_ADDRSTRLEN> text{};
    ::inet_ntop(AF_INET, &address, text.data(), text.size());
    const bool isLinkLocal = std::string_view(text.data()).starts_with("169.254.");
    if (!isLinkLocal)
      add(names.addresses, text.data());
  }
}

/// IPv6, as the kernel lists it, with the flags that getifaddrs(3) leaves out.
void addIpv6(TlsNames& names) {
  // Of this process: where a service sees only processes in /proc, /proc/net is not there.
  std::ifstream list("/proc/self/net/if_inet6");
  std::string digits;
  std::string interface;
  unsigned index = 0;
  unsigned prefix = 0;
  unsigned scope = 0;
  unsigned flags = 0;
  while (list >> digits >> std::hex >> index >> prefix >> scope >> flags >> interface) {
    if (scope != kGlobal || (flags & kTemporary) != 0 || digits.size() != 2 * sizeof(in6_addr))
      continue;
    // inet_pton(3) wants a colon behind each four.
    std::string groups;
    for (std::size_t at = 0; at < digits.size(); ++at)
      groups.append(at > 0 && at % 4 == 0 ? 1 : 0, ':').push_back(digits[at]);
    in6_addr address{};
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (::inet_pton(AF_INET6, groups.c_str(), &address) == 1)
      add(names.addresses, ::inet_ntop(AF_INET6, &address, text.data(), text.size()));
  }
}

}  // namespace

TlsNames machineNames(const std::vector<std::string>& configured) {
  const std::string host = g_get_host_name();
  TlsNames names{{"localhost"}, {"127.0.0.1", "::1"}};
  addHost(names, host);
  // mDNS knows the first label only.
  addHost(names, host.substr(0, host.find('.')) + ".local");
  for (const std::string& name : configured)
    addHost(names, name);
  addIpv4(names);
  addIpv6(names);
  if (names.addresses.size() > kMaxMachineAddresses)
    names.addresses.resize(kMaxMachineAddresses);
  return names;
}

}  // namespace fanlight::access
