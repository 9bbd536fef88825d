// SPDX-License-Identifier: Apache-2.0
// getifaddrs(3).
#include "ice/own_addresses.h"

#include <algorithm>
#include <array>
#include <memory>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

#include "base/address.h"

namespace fanlight::ice {
namespace {

struct OwnAddress {
  std::string interface;
  std::string address;
};

std::string toText(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = nullptr;
  if (address && address->sa_family == AF_INET)
    bytes = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  else if (address && address->sa_family == AF_INET6)
    bytes = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
  return bytes && ::inet_ntop(address->sa_family, bytes, text.data(), text.size()) ? text.data() : "";
}

std::vector<OwnAddress> listAddresses() {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0)
    return {};
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owned(first, &::freeifaddrs);
  std::vector<OwnAddress> all;
  constexpr unsigned kRuns = IFF_UP | IFF_RUNNING;
  for (const ifaddrs* one = first; one; one = one->ifa_next) {
    std::string address = toText(one->ifa_addr);
    if ((one->ifa_flags & (kRuns | IFF_LOOPBACK)) == kRuns && !address.empty() && !base::isLinkLocalAddress(address))
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
