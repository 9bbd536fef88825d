// SPDX-License-Identifier: Apache-2.0
// Characters and texts of protocols, which are ASCII: the locale has no say, other characters are left as they are.
#pragma once

#include <string>
#include <string_view>

namespace fanlight::base {

constexpr bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool isLower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool isUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool isAlphanumeric(char c) {
  return isDigit(c) || isLower(c) || isUpper(c);
}

constexpr char toLower(char c) {
  return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char toUpper(char c) {
  return isLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string toLower(std::string_view text);
std::string toUpper(std::string_view text);
bool equalsIgnoringCase(std::string_view a, std::string_view b);
/// Without the spaces and tabs at both ends.
std::string_view trim(std::string_view text);

}  // namespace fanlight::base
