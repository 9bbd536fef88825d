// SPDX-License-Identifier: Apache-2.0
// The names of rights.
#include "session/right.h"

#include <algorithm>

namespace fanlight::session {

std::string_view toText(Right right) {
  switch (right) {
    case Right::View:
      return "view";
    case Right::Talk:
      return "talk";
    case Right::Control:
      return "control";
    case Right::Record:
      return "record";
    case Right::Admin:
      return "admin";
  }
  return {};
}

std::optional<Right> parseRight(std::string_view text) {
  const auto* right = std::ranges::find(kRights, text, toText);
  return right == kRights.end() ? std::nullopt : std::optional(*right);
}

}  // namespace fanlight::session
