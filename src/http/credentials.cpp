// SPDX-License-Identifier: Apache-2.0
// Cookies as little as they can be: read by name, written with every restriction there is.
#include "http/credentials.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "http/header_value.h"
#include "http/host_policy.h"

namespace fanlight::http {
namespace {

/// A browser takes no cookie back over HTTP that is for HTTPS only.
std::string attributes(Scheme scheme) {
  return std::string("; Path=/; HttpOnly; SameSite=Strict") + (scheme == Scheme::Https ? "; Secure" : "");
}

/// RFC 6265 section 4.2.1. Of two of one name neither counts: one of them was planted.
std::string cookieOf(std::string_view header, std::string_view name) {
  std::string_view value;
  int count = 0;
  while (!header.empty()) {
    const std::size_t end = header.find(';');
    const std::string_view pair = base::trim(header.substr(0, end));
    header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name)
      continue;
    value = pair.substr(equals + 1);
    ++count;
  }
  return count == 1 ? std::string(value) : "";
}

/// Fetch Metadata (W3C). Another port of the same host is the same site, for which SameSite=Strict is sent.
bool isOfOwnPage(const RequestHead& head, bool acts) {
  const std::string_view site = head.find("Sec-Fetch-Site");
  const bool isForeign = head.has("Sec-Fetch-Site") && site != "same-origin" && site != "none";
  return !isForeign && (head.has("Origin") ? isOfOwnOrigin(head) : !acts);
}

}  // namespace

std::string cookieName(std::string_view device) {
  return fmt::format("fanlight-{}", device);
}

base::Secret tokenOf(const RequestHead& head, const std::string& cookie, bool acts) {
  if (head.has("Authorization"))
    return base::Secret(bearerToken(head.find("Authorization")));
  return isOfOwnPage(head, acts) ? base::Secret(cookieOf(head.find("Cookie"), cookie)) : base::Secret();
}

std::string setCookie(const std::string& name, const base::Secret& token, std::optional<std::chrono::seconds> lifetime,
                      Scheme scheme) {
  const auto kept = std::min(lifetime.value_or(kLongestCookie), kLongestCookie);
  return fmt::format("{}={}; Max-Age={}{}", name, token.reveal(), kept.count(), attributes(scheme));
}

std::string clearCookie(const std::string& name, Scheme scheme) {
  return fmt::format("{}=; Max-Age=0{}", name, attributes(scheme));
}

}  // namespace fanlight::http
