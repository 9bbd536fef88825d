// SPDX-License-Identifier: Apache-2.0
// Reading the values of HTTP headers (RFC 9110). Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fanlight::http {

/// The members of a comma-separated list, without empty ones. Commas inside quotes belong to their member.
std::vector<std::string_view> listMembers(std::string_view value);

/// "application/sdp" of "Application/SDP; charset=utf-8".
std::string mediaType(std::string_view contentType);

/// The token of "Bearer TOKEN"; empty for anything else.
std::string bearerToken(std::string_view authorization);

/// Whether If-Match or If-None-Match, a list of entity tags or "*", names `tag`. A weak one ("W/") never does here:
/// If-Match needs a strong one, and we give out no other.
bool namesEntityTag(std::string_view value, std::string_view tag);

/// `text` as a quoted-string.
std::string quote(std::string_view text);

}  // namespace fanlight::http
