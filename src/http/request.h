// SPDX-License-Identifier: Apache-2.0
// A request as plain values, so that what judges and answers it knows no libsoup. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/values.h"
#include "session/access.h"
#include "session/session.h"

namespace fanlight::http {

/// What carries the request: TCP alone, or TLS.
enum class Scheme { Http, Https };
std::string_view toText(Scheme scheme);

struct Header {
  std::string name;
  std::string value;
  bool operator==(const Header&) const = default;
};

/// All but the body.
struct RequestHead {
  std::string method;
  std::string path;        ///< percent-decoded, without query; once let in, without a key
  std::string targetHost;  ///< the host that the request line named, else the one of the Host header
  std::vector<Header> headers;
  Scheme scheme = Scheme::Http;  ///< of the connection, whatever the request line names
  std::string query;             ///< as it came, without the question mark; only the page's own switches stand in it

  /// The first of that name; empty where there is none. Names compare without case.
  std::string_view find(std::string_view name) const;
  /// The last one, which the nearest of several proxies wrote.
  std::string_view findLast(std::string_view name) const;
  bool has(std::string_view name) const { return count(name) > 0; }
  int count(std::string_view name) const;
};

/// A request that passed every check.
struct Request {
  RequestHead head;
  std::string body;
  base::CameraId camera;       ///< where the route has one
  session::SessionId session;  ///< where the route has one
  std::string channel;         ///< where the route has one: of signaling over HTTP
  session::SourceId source;
  session::Arrival arrival;
  base::Secret token;    ///< or key, that came with it; of a public route, nobody has looked at it
  session::Grant grant;  ///< of a public route: nobody's
};

}  // namespace fanlight::http
