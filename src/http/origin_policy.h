// SPDX-License-Identifier: Apache-2.0
// Which other sites' pages may use the device (the Fetch standard's CORS protocol). They bring a token of their own:
// the cookie is the own page's. Any thread.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"

namespace fanlight::http {

class OriginPolicy {
 public:
  /// `allowed`: in lower case.
  explicit OriginPolicy(const std::vector<std::string>& allowed) : allowed_(allowed.begin(), allowed.end()) {}

  /// Whether `origin` (of the header) is one of them.
  bool allows(std::string_view origin) const;

  /// Whether a browser asks in the name of an allowed page what that page may send.
  bool isPreflight(const RequestHead& head) const;
  /// What lets an allowed page read the response; nothing for others. `methods`: of the path, for a preflight.
  std::vector<Header> headersFor(const RequestHead& head, std::string_view methods) const;

 private:
  const std::set<std::string, std::less<>> allowed_;
};

}  // namespace fanlight::http
