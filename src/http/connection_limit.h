// SPDX-License-Identifier: Apache-2.0
// How many connections there are, in all and from one place. Main thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fanlight::http {

class ConnectionLimit {
 public:
  /// Holds one connection's place until it is destroyed. It may outlive the limit.
  using Place = std::shared_ptr<void>;

  /// `exempt`: numeric addresses that stand for many, such as a proxy's.
  ConnectionLimit(int all, int perAddress, const std::vector<std::string>& exempt = {})
      : all_(all),
        perAddress_(perAddress),
        exempt_(exempt.begin(), exempt.end()),
        counts_(std::make_shared<Counts>()) {}

  /// A place for a connection from `address` (a numeric one); empty where the limit is reached.
  Place take(const std::string& address);
  /// One for a client behind a proxy, whose connection has its place already: only how many come from `client` counts.
  Place takeBehind(const std::string& client);
  /// Whether `address` has as many as one may.
  bool isCrowd(const std::string& address) const;
  int taken() const { return counts_->all; }
  /// Whether there is no place for anybody.
  bool isFull() const { return counts_->all >= all_; }

 private:
  struct Counts {
    int all = 0;
    std::map<std::string, int> byNeighbourhood;
  };

  Place hold(const std::string& neighbours, int ofAll);

  const int all_;
  const int perAddress_;
  const std::set<std::string> exempt_;
  std::shared_ptr<Counts> counts_;
};

/// Whom a limit counts as one: an IPv4 address; a /64 of IPv6, since one host has all of it to choose from; an IPv6
/// link-local address, since there the /64 is everybody.
std::string neighbourhood(const std::string& address);

}  // namespace fanlight::http
