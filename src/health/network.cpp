// SPDX-License-Identifier: Apache-2.0
// Asked of the kernel each time: a list of changes would have to be right from the first one on.
#include "health/network.h"

#include <memory>

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

namespace fanlight::health {
namespace {

bool isUsable(const ifaddrs& one) {
  const bool isCarrying = (one.ifa_flags & IFF_UP) != 0 && (one.ifa_flags & IFF_RUNNING) != 0;
  if (!one.ifa_addr || !isCarrying || (one.ifa_flags & IFF_LOOPBACK) != 0)
    return false;
  if (one.ifa_addr->sa_family == AF_INET)
    return true;
  // An interface gives itself a link-local one, whoever else is there.
  return one.ifa_addr->sa_family == AF_INET6 &&
         !IN6_IS_ADDR_LINKLOCAL(&reinterpret_cast<const sockaddr_in6*>(one.ifa_addr)->sin6_addr);
}

}  // namespace

bool hasNetwork() {
  ifaddrs* list = nullptr;
  // Where the kernel does not answer, nothing is known, and nothing is said.
  if (::getifaddrs(&list) != 0)
    return true;
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owned(list, ::freeifaddrs);
  for (const ifaddrs* one = list; one; one = one->ifa_next)
    if (isUsable(*one))
      return true;
  return false;
}

Watch watchNetwork() {
  return {"network-lost", "network-back", "there is a network again", [] {
            return hasNetwork()
                       ? std::nullopt
                       : std::optional<std::string>("there is no network: no interface is up and has an address");
          }};
}

}  // namespace fanlight::health
