// SPDX-License-Identifier: Apache-2.0
// How a token is carried: it opens nothing in the other way. Any thread.
#pragma once

#include <optional>
#include <string_view>

namespace fanlight::session {

enum class TokenForm {
  Link,  ///< behind a link's #token=, in Authorization, a cookie, a first message
  Key,   ///< in the path, for players that send no header: to view some cameras, and nothing else
};

/// Its name on the wire and in the state: "link".
std::string_view nameOf(TokenForm form);
std::optional<TokenForm> parseTokenForm(std::string_view text);

}  // namespace fanlight::session
