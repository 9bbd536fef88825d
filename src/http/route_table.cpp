// SPDX-License-Identifier: Apache-2.0
// The table and the look-up in it.
#include "http/route_table.h"

#include <algorithm>
#include <array>

#include "http/sign_in.h"
#include "signaling/messages.h"
#include "signaling/sdp_fragment.h"

namespace fanlight::http {
namespace {

constexpr std::string_view kKeyPrefix = "/k/";

constexpr std::size_t kNoBody = 0;
constexpr std::size_t kMessages = signaling::kMaxMessageBytes;
constexpr std::size_t kToken = kMaxSignInBytes;
constexpr std::size_t kSdp = signaling::kMaxSdpBytes;
constexpr std::size_t kFragment = signaling::kMaxSdpFragmentBytes;

constexpr Needs kView{session::Right::View, {}};
constexpr Needs kMetrics{session::Right::Metrics, {}};
constexpr Needs kViewByKey{session::Right::View, {}, session::TokenForm::Key};
constexpr Needs kHealth{std::nullopt, "a monitor learns whether the daemon runs, and nothing about anybody"};
constexpr Needs kSignIn{std::nullopt, "this is where a token is judged, or a code is turned into one"};
constexpr Needs kPage{std::nullopt, "the page is the same everywhere and holds no secret"};
constexpr Needs kHello{
    std::nullopt,
    "a browser's WebSocket cannot carry a token: the first message does, and is asked for, however it comes"};
constexpr Needs kChannel{std::nullopt, "HttpSignaling asks for the very token that opened the channel"};
constexpr Needs kCapability{std::nullopt,
                            "whoever knows the session's random URL opened it; players send no token here"};

constexpr std::array kRoutes = {
    // clang-format off
    //    path                        method     needs        body       action
    Route{"/healthz",                 "GET",     kHealth,     kNoBody,   Action::ReportHealth},
    Route{"/readyz",                  "GET",     kView,       kNoBody,   Action::ReportReadiness},
    Route{"/metrics",                 "GET",     kMetrics,    kNoBody,   Action::ReportMetrics},
    Route{"/api/v1/login",            "POST",    kSignIn,     kToken,    Action::LogIn},
    Route{"/api/v1/logout",           "POST",    kSignIn,     kToken,    Action::LogOut},
    Route{"/api/v1/pair",             "GET",     kSignIn,     kNoBody,   Action::DescribePairing},
    Route{"/api/v1/pair",             "POST",    kSignIn,     kToken,    Action::Pair},
    Route{"/api/v1/cameras",          "GET",     kView,       kNoBody,   Action::ListCameras},
    Route{"/api/v1/cameras/{camera}/snapshot.jpg", "GET", kView, kNoBody, Action::TakeStill},
    Route{"/api/v1/cameras/{camera}/poster.jpg",   "GET", kView, kNoBody, Action::FindLastStill},
    Route{"/api/v1/signaling",        "GET",     kHello,      kNoBody,   Action::OpenSignaling},
    Route{"/api/v1/signaling",        "POST",    kHello,      kMessages, Action::OpenHttpSignaling},
    Route{"/api/v1/signaling/{channel}", "POST",   kChannel,  kMessages, Action::ReceiveSignaling},
    Route{"/api/v1/signaling/{channel}", "DELETE", kChannel,  kNoBody,   Action::CloseSignaling},
    Route{"/whep/{camera}",           "GET",     kView,       kNoBody,   Action::DescribeWhep},
    Route{"/whep/{camera}",           "OPTIONS", kView,       kNoBody,   Action::DescribeWhep},
    Route{"/whep/{camera}",           "POST",    kView,       kSdp,      Action::OpenWhep},
    Route{"/whep/{camera}/{session}", "GET",     kCapability, kNoBody,   Action::DescribeWhepSession},
    Route{"/whep/{camera}/{session}", "OPTIONS", kCapability, kNoBody,   Action::DescribeWhepSession},
    Route{"/whep/{camera}/{session}", "PATCH",   kCapability, kFragment, Action::TrickleWhep},
    Route{"/whep/{camera}/{session}", "DELETE",  kCapability, kNoBody,   Action::EndWhep},
    // A key's, for players that send no header. Their sessions have the addresses of all others.
    Route{"/k/{key}/whep/{camera}",   "GET",     kViewByKey,  kNoBody,   Action::DescribeWhep},
    Route{"/k/{key}/whep/{camera}",   "OPTIONS", kViewByKey,  kNoBody,   Action::DescribeWhep},
    Route{"/k/{key}/whep/{camera}",   "POST",    kViewByKey,  kSdp,      Action::OpenWhep},
    Route{"/k/{key}/cameras/{camera}/snapshot.jpg", "GET", kViewByKey, kNoBody, Action::TakeStill},
    Route{"/{file}",                  "GET",     kPage,       kNoBody,   Action::SendPageFile},
    // clang-format on
};

/// What is in braces and unknown would fit any segment, and its value would never reach the question who may.
constexpr bool hasKnownParameters(const Route& route) {
  for (std::size_t at = route.path.find('{'); at != std::string_view::npos; at = route.path.find('{', at + 1)) {
    const std::string_view rest = route.path.substr(at);
    if (!rest.starts_with("{key}") && !rest.starts_with("{camera}") && !rest.starts_with("{session}") &&
        !rest.starts_with("{channel}") && !rest.starts_with("{file}"))
      return false;
  }
  return true;
}

/// A route that says neither would be open by an oversight.
constexpr bool saysWhoMay(const Route& route) {
  return route.needs.right.has_value() != !route.needs.publicBecause.empty();
}

/// A key is asked for where there is one and nowhere else, and opens a camera to view.
constexpr bool keepsKeysApart(const Route& route) {
  const bool isByKey = route.needs.by == session::TokenForm::Key;
  const bool isOfACamera = route.path.find("{camera}") != std::string_view::npos;
  return isByKey == route.path.starts_with(kKeyPrefix) &&
         (!isByKey || (route.needs.right == session::Right::View && isOfACamera));
}

static_assert(std::ranges::all_of(kRoutes, saysWhoMay));
static_assert(std::ranges::all_of(kRoutes, keepsKeysApart));
static_assert(std::ranges::all_of(kRoutes, hasKnownParameters));
static_assert(kRoutes.back().path == "/{file}", "it fits whatever comes behind it");

/// The next segment of `path`, which loses it: "/a/b" gives "a" and leaves "/b".
std::string_view takeSegment(std::string_view& path) {
  const std::size_t end = path.find('/', 1);
  const std::string_view segment = path.substr(1, end == std::string_view::npos ? end : end - 1);
  path = end == std::string_view::npos ? std::string_view() : path.substr(end);
  return segment;
}

std::optional<RouteMatch> match(const Route& route, std::string_view path) {
  RouteMatch match{&route, {}, {}, {}, {}};
  std::string_view pattern = route.path;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view expected = takeSegment(pattern);
    if (expected == "{file}")
      return match;
    const std::string_view actual = takeSegment(path);
    if (actual.empty() || (!expected.starts_with('{') && expected != actual))
      return std::nullopt;
    // Something that cannot be an id leaves none: the one that looks it up finds nothing.
    if (expected == "{camera}" && base::isNameId(actual))
      match.camera = base::CameraId(std::string(actual));
    // Addresses are copied with a slash at their end, and neither a preflight nor many a player follows a redirect.
    if (expected == "{camera}" && path == "/")
      path = {};
    if (expected == "{session}" && session::isSessionId(actual))
      match.session = session::SessionId(std::string(actual));
    if (expected == "{channel}")
      match.channel = actual;
    if (expected == "{key}")
      match.key = base::Secret(std::string(actual));
  }
  return pattern.empty() && path.empty() ? std::optional(match) : std::nullopt;
}

bool answers(const Route& route, std::string_view method) {
  return route.method == method || (route.method == "GET" && method == "HEAD");
}

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

std::variant<RouteMatch, NoSuchPath, MethodNotAllowed> findRoute(std::string_view path, std::string_view method) {
  if (!path.starts_with('/'))
    return NoSuchPath{};
  std::optional<RouteMatch> fitting;
  for (const Route& route : kRoutes) {
    const auto matched = match(route, path);
    // The page's files come last, and fit everything: a path of the table is not one of them.
    if (!matched || (fitting && fitting->route->path != route.path))
      continue;
    if (answers(route, method))
      return *matched;
    fitting = matched;
  }
  if (!fitting)
    return NoSuchPath{};
  return MethodNotAllowed{allowedMethods(path)};
}

std::string allowedMethods(std::string_view path) {
  std::string allow;
  if (!path.starts_with('/'))
    return allow;
  const Route* fitting = nullptr;
  for (const Route& route : kRoutes) {
    if (!match(route, path) || (fitting && fitting->path != route.path))
      continue;
    fitting = &route;
    allow += allow.empty() ? "" : ", ";
    allow += route.method == "GET" ? "GET, HEAD" : route.method;
  }
  return allow;
}

bool isBelowKey(std::string_view path) {
  return path.starts_with(kKeyPrefix);
}

std::string withoutKey(std::string_view path) {
  if (!isBelowKey(path))
    return std::string(path);
  std::string_view rest = path.substr(kKeyPrefix.size() - 1);
  takeSegment(rest);
  return std::string(kKeyPrefix) + "-" + std::string(rest);
}

}  // namespace fanlight::http
