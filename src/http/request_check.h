// SPDX-License-Identifier: Apache-2.0
// What every request must pass before anything is done for it, in one order, on its head alone: the body of a refused
// one is never read. Main thread.
#pragma once

#include <tl/expected.hpp>

#include "http/host_policy.h"
#include "http/origin_policy.h"
#include "http/request.h"
#include "http/response.h"
#include "http/route_table.h"
#include "session/access.h"

namespace fanlight::http {

/// No route's limit is above this.
inline constexpr std::size_t kMaxBodyBytes = 256 * 1024;

/// How a request came in.
struct Arrival {
  std::string_view localAddress;  ///< numeric
  session::SourceId source;
};

/// A request that may go on, and as whom.
struct Admitted {
  RouteMatch match;
  base::Secret token;           ///< that came with it
  session::Grant grant;         ///< of a public route: nobody's
  std::vector<Header> headers;  ///< for the response, so that an allowed page may read it
};

class RequestCheck {
 public:
  /// `access` outlives it.
  RequestCheck(HostPolicy hosts, OriginPolicy origins, session::Access& access, std::string cookie)
      : hosts_(std::move(hosts)), origins_(std::move(origins)), access_(access), cookie_(std::move(cookie)) {}

  /// The error is the answer, which may also be a good one: a preflight is answered here.
  tl::expected<Admitted, Response> judge(const RequestHead& head, const Arrival& arrival) const;

 private:
  tl::expected<Admitted, Response> examine(const RequestHead& head, const Arrival& arrival) const;
  tl::expected<void, Response> checkOrigin(const RequestHead& head, const Route& route) const;
  tl::expected<void, Response> checkHost(const RequestHead& head, std::string_view localAddress) const;
  tl::expected<session::Grant, Response> authorise(const RouteMatch& match,
                                                   const session::Credentials& credentials) const;

  const HostPolicy hosts_;
  const OriginPolicy origins_;
  session::Access& access_;
  const std::string cookie_;
};

}  // namespace fanlight::http
