// SPDX-License-Identifier: Apache-2.0
// The names of rights.
#include "session/right.h"

#include <algorithm>

namespace fanlight::session {

bool isOfDevice(Right right) {
  switch (right) {
    case Right::View:
    case Right::Talk:
    case Right::Open:
    case Right::Control:
    case Right::Record:
      return false;
    case Right::Admin:
    case Right::Metrics:
      return true;
  }
  return true;
}

std::string_view toText(Right right) {
  switch (right) {
    case Right::View:
      return "view";
    case Right::Talk:
      return "talk";
    case Right::Open:
      return "open";
    case Right::Control:
      return "control";
    case Right::Record:
      return "record";
    case Right::Admin:
      return "admin";
    case Right::Metrics:
      return "metrics";
  }
  return {};
}

std::optional<Right> parseRight(std::string_view text) {
  const auto* right = std::ranges::find(kRights, text, toText);
  return right == kRights.end() ? std::nullopt : std::optional(*right);
}

std::string rightNames() {
  std::string names;
  for (const Right right : kRights)
    names.append(names.empty() ? "" : ", ").append(toText(right));
  return names;
}

}  // namespace fanlight::session
