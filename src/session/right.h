// SPDX-License-Identifier: Apache-2.0
// What there is to be allowed. Any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace fanlight::session {

enum class Right {
  View,     ///< see and hear a camera
  Talk,     ///< be heard at it
  Open,     ///< the door that it shows
  Control,  ///< change how it works
  Record,
  Admin,    ///< share, revoke, see who watches
  Metrics,  ///< read the device's figures
};

inline constexpr std::array kRights{Right::View,   Right::Talk,  Right::Open,   Right::Control,
                                    Right::Record, Right::Admin, Right::Metrics};

/// Whether it is of the whole device, so that nobody has it who is kept to some cameras.
bool isOfDevice(Right right);

/// Its name in tokens, on the wire and on the command line: "view".
std::string_view toText(Right right);
std::optional<Right> parseRight(std::string_view text);
/// "view, talk, …": all of them, to stand in a sentence.
std::string rightNames();

}  // namespace fanlight::session
