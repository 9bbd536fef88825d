// SPDX-License-Identifier: Apache-2.0
// Where a request carries its token, and the cookie that carries it for a browser (RFC 6265bis). Any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "http/request.h"

namespace fanlight::http {

/// No browser keeps a cookie for longer.
inline constexpr std::chrono::seconds kLongestCookie = std::chrono::hours(24 * 400);

/// A browser sends cookies of one port to every other one of that host: the name tells devices on one host apart.
std::string cookieName(std::string_view device);

/// Empty where there is none. Authorization counts before the cookie. A cookie that a browser sends for a page of
/// another origin, or of which it does not say for which page an act is (`acts`), is no credential.
base::Secret tokenOf(const RequestHead& head, const std::string& cookie, bool acts);

/// The value of Set-Cookie that keeps `token` for `lifetime`, or for as long as a browser keeps any. Given over HTTPS
/// it never goes in clear, to another port of the host either.
std::string setCookie(const std::string& name, const base::Secret& token, std::optional<std::chrono::seconds> lifetime,
                      Scheme scheme);
/// The one that removes it.
std::string clearCookie(const std::string& name, Scheme scheme);

}  // namespace fanlight::http
