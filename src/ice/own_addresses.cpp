// SPDX-License-Identifier: Apache-2.0
// getifaddrs(3).
#include "ice/own_addresses.h"

#include <algorithm>
#include <memory>

#include <ifaddrs.h>
#include <net/if.h>

#include "ice/socket_address.h"

namespace fanlight::ice {
namespace {

struct OwnAddress {
  std::string interface;
  std::string address;
};

/// Interfaces have others as well, or none.
bool isOfIp(const sockaddr* address) {
  return address && (address->sa_family == AF_INET || address->sa_family == AF_INET6);
}

std::vector<OwnAddress> listAddresses() {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0)
    return {};
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owned(first, &::freeifaddrs);
  std::vector<OwnAddress> all;
  constexpr unsigned kRuns = IFF_UP | IFF_RUNNING;
  for (const ifaddrs* one = first; one; one = one->ifa_next) {
    if ((one->ifa_flags & (kRuns | IFF_LOOPBACK)) != kRuns || !isOfIp(one->ifa_addr))
      continue;
    std::string address = toAddress(*one->ifa_addr).ip;
    if (!base::isLinkLocalAddress(address))
      all.push_back({one->ifa_name, std::move(address)});
  }
  return all;
}

}  // namespace

std::vector<std::string> ownAddresses(const std::vector<std::string>& excluded, const std::string& arrivedAt) {
  const std::vector<OwnAddress> all = listAddresses();
  const auto arrival = std::ranges::find(all, arrivedAt, &OwnAddress::address);
  std::vector<std::string> left;
  for (const OwnAddress& one : all)
    if (std::ranges::find(excluded, one.interface) == excluded.end() ||
        (arrival != all.end() && one.interface == arrival->interface))
      left.push_back(one.address);
  return left;
}

}  // namespace fanlight::ice
