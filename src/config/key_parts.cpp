// SPDX-License-Identifier: Apache-2.0
// Just enough of TOML's grammar to tell the dots of keys from those of strings and comments. Where the text is not TOML
// its guess does not matter: the library stops there.
#include "config/key_parts.h"

#include <algorithm>

namespace fanlight::config {
namespace {

/// Past the quotes that close a multi-line string: up to two more may stand before them, as part of the text.
std::size_t afterClosingQuotes(std::string_view toml, std::size_t begin) {
  const std::size_t end = toml.find_first_not_of(toml[begin], begin);
  return std::min({end, begin + 5, toml.size()});
}

/// Past the string that opens at `begin`.
std::size_t afterString(std::string_view toml, std::size_t begin) {
  const char quote = toml[begin];
  const std::string_view triple = quote == '"' ? "\"\"\"" : "'''";
  const bool isMultiLine = toml.substr(begin).starts_with(triple);
  std::size_t i = begin + (isMultiLine ? triple.size() : 1);
  for (; i < toml.size(); ++i) {
    if (quote == '"' && toml[i] == '\\')
      ++i;
    else if (isMultiLine && toml.substr(i).starts_with(triple))
      return afterClosingQuotes(toml, i);
    else if (!isMultiLine && (toml[i] == quote || toml[i] == '\n'))
      return toml[i] == '\n' ? i : i + 1;
  }
  return toml.size();
}

}  // namespace

std::optional<int> findLongKey(std::string_view toml, int limit) {
  int parts = 1;
  std::size_t i = 0;
  while (i < toml.size()) {
    const char c = toml[i];
    if (c == '.' && ++parts > limit)
      return 1 + static_cast<int>(std::ranges::count(toml.substr(0, i), '\n'));
    if (std::string_view("\n=,{[").find(c) != std::string_view::npos)
      parts = 1;
    if (c == '#')
      i = std::min(toml.find('\n', i), toml.size());
    else
      i = c == '"' || c == '\'' ? afterString(toml, i) : i + 1;
  }
  return std::nullopt;
}

}  // namespace fanlight::config
