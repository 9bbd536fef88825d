// SPDX-License-Identifier: Apache-2.0
// Counting by neighbourhood.
#include "http/connection_limit.h"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

namespace fanlight::http {
namespace {

constexpr std::size_t kNetworkBytes = 8;

}  // namespace

std::string neighbourhood(const std::string& address) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  const bool isIpv6 = ::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1;
  const bool isLinkLocal = bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80;
  if (!isIpv6 || isLinkLocal)
    return address;
  std::fill(bytes.begin() + kNetworkBytes, bytes.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return std::string(text.data()) + "/64";
}

bool ConnectionLimit::isCrowd(const std::string& address) const {
  const auto known = counts_->byNeighbourhood.find(neighbourhood(address));
  return known != counts_->byNeighbourhood.end() && known->second >= perAddress_ && !exempt_.contains(address);
}

ConnectionLimit::Place ConnectionLimit::take(const std::string& address) {
  return isFull() || isCrowd(address) ? nullptr : hold(neighbourhood(address), 1);
}

ConnectionLimit::Place ConnectionLimit::takeBehind(const std::string& client) {
  return isCrowd(client) ? nullptr : hold(neighbourhood(client), 0);
}

ConnectionLimit::Place ConnectionLimit::hold(const std::string& neighbours, int ofAll) {
  counts_->all += ofAll;
  ++counts_->byNeighbourhood[neighbours];
  // The pointer stands for the place only; its deleter gives it back.
  return Place(static_cast<void*>(counts_.get()), [counts = counts_, neighbours, ofAll](void*) {
    counts->all -= ofAll;
    if (--counts->byNeighbourhood[neighbours] == 0)
      counts->byNeighbourhood.erase(neighbours);
  });
}

}  // namespace fanlight::http
