// SPDX-License-Identifier: Apache-2.0
// The parts of TOML that more than one kind prints.
#include "config/value_kind.h"

#include <algorithm>

#include <fmt/format.h>

#include "config/utf8.h"

namespace fanlight::config {

Parsed<List> parseTexts(const Node& node, std::size_t min, std::size_t max) {
  const auto* list = valueOf<List>(node);
  if (!list)
    return mismatch(node);
  if (list->size() < min || list->size() > max)
    return mismatch(node, fmt::format("{} of them", list->size()));
  for (const Node& item : *list)
    if (!valueOf<std::string>(item))
      return mismatch(item);
  return *list;
}

std::string oneOf(const std::vector<std::string>& names) {
  std::string text = "one of ";
  for (const std::string& name : names)
    text += (&name == &names.front() ? "" : ", ") + inQuotes(name);
  return text;
}

std::string printString(std::string_view text) {
  std::string printed = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      printed += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      printed += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      printed += c;
  }
  return printed + '"';
}

std::string printList(const std::vector<std::string>& texts) {
  std::string printed;
  for (const std::string& text : texts)
    printed += (printed.empty() ? "" : ", ") + printString(text);
  return "[" + printed + "]";
}

}  // namespace fanlight::config
