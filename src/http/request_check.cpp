// SPDX-License-Identifier: Apache-2.0
// The checks: size, framing, host, route, body, origin, access.
#include "http/request_check.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include <fmt/format.h>

#include "base/ascii.h"
#include "http/credentials.h"

namespace fanlight::http {
namespace {

using Checked = tl::expected<void, Response>;

/// Headers that two readers could take two meanings from when they come twice.
constexpr std::array<std::string_view, 11> kOnlyOnce = {
    "Host",     "Content-Length", "Content-Type", "Authorization",         "Origin",         "Cookie",
    "If-Match", "Upgrade",        "Expect",       "Sec-WebSocket-Version", "Sec-Fetch-Site",
};

tl::unexpected<Response> refuse(unsigned status, std::string_view why) {
  return tl::unexpected<Response>(textResponse(status, why));
}

/// Whether a request is more than looking: another page must not make a browser send it.
bool isAct(const RequestHead& head, const Route& route) {
  const bool looks = head.method == "GET" || head.method == "HEAD" || head.method == "OPTIONS";
  return route.action == Action::OpenSignaling || !looks;
}

/// What must be certain about a head that is well formed.
Checked checkFraming(const RequestHead& head) {
  for (const std::string_view name : kOnlyOnce)
    if (head.count(name) > 1)
      return refuse(400, fmt::format("more than one header '{}'", name));
  // With no body but one of a stated length there is one reading of where a request ends.
  if (head.has("Transfer-Encoding"))
    return refuse(411, "a body needs a 'Content-Length', not a 'Transfer-Encoding'");
  const std::string_view length = head.find("Content-Length");
  const bool isMissing = head.has("Content-Length") && length.empty();
  if (isMissing || !std::ranges::all_of(length, [](char c) { return c >= '0' && c <= '9'; }))
    return refuse(400, "the 'Content-Length' is not a number");
  if (head.has("Expect") && !base::equalsIgnoringCase(head.find("Expect"), "100-continue"))
    return refuse(417, "the only expectation known is '100-continue'");
  return {};
}

Checked checkBody(const RequestHead& head, const Route& route) {
  const std::string_view digits = head.find("Content-Length");
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  const bool isTooLong = error == std::errc::result_out_of_range || length > route.bodyLimit;
  if (digits.empty() || !isTooLong)
    return {};
  return refuse(413, fmt::format("the body is longer than the {} bytes that are taken here", route.bodyLimit));
}

}  // namespace

/// A browser says which page sends; other programs say nothing, and hold no other page's trust.
Checked RequestCheck::checkOrigin(const RequestHead& head, const Route& route) const {
  const std::string_view origin = head.find("Origin");
  const bool isFine = !isAct(head, route) || !head.has("Origin") || isOfOwnOrigin(head) || origins_.allows(origin);
  return isFine ? Checked() : refuse(403, "this page may not act on the device: its origin is another one");
}

Checked RequestCheck::checkHost(const RequestHead& head, std::string_view localAddress) const {
  const std::string_view host = head.find("Host");
  if (!hostOf(host))
    return refuse(400, "the 'Host' is missing or malformed");
  const bool isOneHost = hostOf(head.targetHost) == hostOf(host);
  if (isOneHost && hosts_.allows(host, localAddress))
    return {};
  return refuse(421, "the device does not answer to this name: add it to 'http.hosts' if it should");
}

tl::expected<session::Grant, Response> RequestCheck::authorise(const RouteMatch& match,
                                                               const session::Credentials& credentials) const {
  const auto right = match.route->needs.right;
  if (!right)
    return session::Grant();
  const auto grant = access_.identify(credentials);
  if (!grant)
    return tl::unexpected<Response>(refusalResponse(grant.error()));
  const auto allowed = access_.check(*grant, *right, match.camera.empty() ? nullptr : &match.camera);
  if (!allowed)
    return tl::unexpected<Response>(refusalResponse(allowed.error()));
  return *grant;
}

tl::expected<Admitted, Response> RequestCheck::judge(const RequestHead& head, const Arrival& arrival) const {
  auto judged = examine(head, arrival);
  auto headers = origins_.headersFor(head, allowedMethods(head.path));
  if (isBelowKey(head.path))
    headers.push_back({"Cache-Control", "no-store"});
  std::ranges::move(headers, std::back_inserter(judged ? judged->headers : judged.error().headers));
  return judged;
}

tl::expected<Admitted, Response> RequestCheck::examine(const RequestHead& head, const Arrival& arrival) const {
  if (auto checked = checkFraming(head); !checked)
    return tl::unexpected<Response>(std::move(checked.error()));
  if (auto checked = checkHost(head, arrival.localAddress); !checked)
    return tl::unexpected<Response>(std::move(checked.error()));
  // It carries no token, and asks for nothing but what may be sent.
  if (origins_.isPreflight(head) && !allowedMethods(head.path).empty())
    return tl::unexpected<Response>(emptyResponse(200));
  const auto found = findRoute(head.path, head.method);
  if (const auto* wrong = std::get_if<MethodNotAllowed>(&found))
    return tl::unexpected<Response>(textResponse(405, "not a method of this path").with("Allow", wrong->allow));
  const auto* match = std::get_if<RouteMatch>(&found);
  if (!match)
    return refuse(404, "nothing is here");
  if (auto checked = checkBody(head, *match->route); !checked)
    return tl::unexpected<Response>(std::move(checked.error()));
  if (auto checked = checkOrigin(head, *match->route); !checked)
    return tl::unexpected<Response>(std::move(checked.error()));
  const session::TokenForm by = match->route->needs.by;
  base::Secret token = by == session::TokenForm::Key ? match->key : tokenOf(head, cookie_, isAct(head, *match->route));
  auto grant = authorise(*match, {token, arrival.source, by});
  if (!grant)
    return tl::unexpected<Response>(std::move(grant.error()));
  return Admitted{*match, std::move(token), std::move(*grant), {}};
}

}  // namespace fanlight::http
