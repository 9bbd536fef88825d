// SPDX-License-Identifier: Apache-2.0
#include "base/ascii.h"

#include <algorithm>

namespace fanlight::base {

std::string toLower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), [](char c) { return toLower(c); });
  return lowered;
}

std::string toUpper(std::string_view text) {
  std::string raised(text);
  std::ranges::transform(raised, raised.begin(), [](char c) { return toUpper(c); });
  return raised;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return toLower(x) == toLower(y); });
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace fanlight::base
