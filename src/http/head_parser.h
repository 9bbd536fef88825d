// SPDX-License-Identifier: Apache-2.0
// The head of a request, read as strictly as RFC 9112 allows: libsoup forgives folded lines, bare line feeds, spaces
// before colons and more, each of which another reader could take for something else. It sees a head after this only.
// Any thread.
#pragma once

#include <optional>
#include <string_view>

#include <tl/expected.hpp>

#include "http/request.h"
#include "http/response.h"

namespace fanlight::http {

/// Request line and headers together, with the empty line.
inline constexpr std::size_t kMaxHeadBytes = 16 * 1024;

/// How long the head is that `bytes` begin with; none: its end has not come yet.
std::optional<std::size_t> headLength(std::string_view bytes);

/// `head` came by `scheme` and ends with its empty line. The error is the answer.
tl::expected<RequestHead, Response> parseHead(std::string_view head, Scheme scheme = Scheme::Http);

}  // namespace fanlight::http
