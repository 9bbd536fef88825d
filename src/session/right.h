// SPDX-License-Identifier: Apache-2.0
// What there is to be allowed. Any thread.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace fanlight::session {

enum class Right {
  View,     ///< see and hear a camera
  Talk,     ///< be heard at it
  Control,  ///< change how it works
  Record,
  Admin,  ///< share, revoke, see who watches: the whole device
};

inline constexpr std::array kRights{Right::View, Right::Talk, Right::Control, Right::Record, Right::Admin};

/// Its name in tokens, on the wire and on the command line: "view".
std::string_view toText(Right right);
std::optional<Right> parseRight(std::string_view text);

}  // namespace fanlight::session
