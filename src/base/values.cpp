// SPDX-License-Identifier: Apache-2.0
// Which texts are ids, and how a human name becomes one.
#include "base/values.h"

#include <algorithm>

#include "base/ascii.h"

namespace fanlight::base {

bool isNameId(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameIdLength &&
         std::ranges::all_of(text, [](char c) { return isLower(c) || isDigit(c) || c == '-'; });
}

std::string toNameId(std::string_view name) {
  std::string id;
  for (const char c : name) {
    if (isAlphanumeric(c))
      id += toLower(c);
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
