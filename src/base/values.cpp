// SPDX-License-Identifier: Apache-2.0
// Which texts are ids, and how a human name becomes one.
#include "base/values.h"

#include <algorithm>

namespace fanlight::base {
namespace {

// Not std::isalnum: the answer must not depend on the locale.
constexpr bool isLower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool isUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

bool isNameId(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameIdLength &&
         std::ranges::all_of(text, [](char c) { return isLower(c) || isDigit(c) || c == '-'; });
}

std::string toNameId(std::string_view name) {
  std::string id;
  for (char c : name) {
    if (isUpper(c))
      c = static_cast<char>(c - 'A' + 'a');
    if (isLower(c) || isDigit(c))
      id += c;
    else if (!id.empty() && id.back() != '-')
      id += '-';
    if (id.size() == kMaxNameIdLength)
      break;
  }
  while (!id.empty() && id.back() == '-')
    id.pop_back();
  return id;
}

}  // namespace fanlight::base
