// SPDX-License-Identifier: Apache-2.0
// The headers of CORS.
#include "http/origin_policy.h"

#include "base/ascii.h"

namespace fanlight::http {
namespace {

/// What a page sends besides what every page may.
constexpr const char* kRequestHeaders = "Authorization, Content-Type, If-Match";
/// What it reads of an answer.
constexpr const char* kResponseHeaders = "Accept-Patch, ETag, Link, Location, Retry-After, WWW-Authenticate";
/// Seconds for which a browser need not ask again.
constexpr const char* kMaxAge = "600";

}  // namespace

bool OriginPolicy::allows(std::string_view origin) const {
  return allowed_.contains(base::toLower(origin));
}

bool OriginPolicy::isPreflight(const RequestHead& head) const {
  return head.method == "OPTIONS" && head.has("Access-Control-Request-Method") && allows(head.find("Origin"));
}

std::vector<Header> OriginPolicy::headersFor(const RequestHead& head, std::string_view methods) const {
  if (!allows(head.find("Origin")))
    return {};
  std::vector<Header> headers = {{"Access-Control-Allow-Origin", std::string(head.find("Origin"))}, {"Vary", "Origin"}};
  if (!isPreflight(head)) {
    headers.push_back({"Access-Control-Expose-Headers", kResponseHeaders});
    return headers;
  }
  headers.push_back({"Access-Control-Allow-Methods", std::string(methods)});
  headers.push_back({"Access-Control-Allow-Headers", kRequestHeaders});
  headers.push_back({"Access-Control-Max-Age", kMaxAge});
  return headers;
}

}  // namespace fanlight::http
