// SPDX-License-Identifier: Apache-2.0
// A proxy in front, which ends TLS and hands requests on: what it says of the client is believed, what anybody else
// says is not. Any thread.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"

namespace fanlight::http {

/// Who sent a request, and how.
struct Client {
  std::string address;  ///< numeric
  Scheme scheme = Scheme::Http;
};

class TrustedProxies {
 public:
  /// Numeric addresses.
  explicit TrustedProxies(const std::vector<std::string>& addresses) : addresses_(addresses.begin(), addresses.end()) {}

  bool contains(std::string_view address) const { return addresses_.contains(address); }
  /// `peer` itself, or where it is a proxy the client that it names: the last one of X-Forwarded-For, since those
  /// before it are the client's own words. What is no address, or no scheme, is not believed.
  Client clientOf(const RequestHead& head, const Client& peer) const;

 private:
  const std::set<std::string, std::less<>> addresses_;
};

}  // namespace fanlight::http
