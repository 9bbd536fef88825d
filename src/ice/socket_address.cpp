// SPDX-License-Identifier: Apache-2.0
#include "ice/socket_address.h"

#include <array>

namespace fanlight::ice {

SocketAddress::SocketAddress(const base::Address& address) {
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage_);
  auto* v4 = reinterpret_cast<sockaddr_in*>(&storage_);
  if (::inet_pton(AF_INET, address.ip.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(address.port);
    return;
  }
  ::inet_pton(AF_INET6, address.ip.c_str(), &v6->sin6_addr);
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(address.port);
}

base::Address toAddress(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    return {text.data(), ntohs(v4.sin_port)};
  }
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
  ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
  return {text.data(), ntohs(v6.sin6_port)};
}

}  // namespace fanlight::ice
