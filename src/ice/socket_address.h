// SPDX-License-Identifier: Apache-2.0
// Addresses as the kernel takes them. Any thread.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/address.h"

namespace fanlight::ice {

class SocketAddress {
 public:
  /// `address.ip` is one: base::parseAddress() and getaddrinfo(3) give no others.
  explicit SocketAddress(const base::Address& address);

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage_); }
  socklen_t length() const { return family() == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6); }
  int family() const { return storage_.ss_family; }

 private:
  sockaddr_storage storage_{};
};

/// `address` is of IPv4 or IPv6.
base::Address toAddress(const sockaddr& address);
inline base::Address toAddress(const sockaddr_storage& storage) {
  return toAddress(reinterpret_cast<const sockaddr&>(storage));
}

}  // namespace fanlight::ice
