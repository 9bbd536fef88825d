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

ConnectionLimit::Place ConnectionLimit::take(const std::string& address) {
  const std::string from = neighbourhood(address);
  const auto known = counts_->byNeighbourhood.find(from);
  const bool isCrowd = known != counts_->byNeighbourhood.end() && known->second >= perAddress_;
  if (isFull() || (isCrowd && !exempt_.contains(address)))
    return nullptr;
  ++counts_->all;
  ++counts_->byNeighbourhood[from];
  // The pointer stands for the place only; its deleter gives it back.
  return Place(static_cast<void*>(counts_.get()), [counts = counts_, from](void*) {
    --counts->all;
    if (--counts->byNeighbourhood[from] == 0)
      counts->byNeighbourhood.erase(from);
  });
}

}  // namespace fanlight::http
