// SPDX-License-Identifier: Apache-2.0
// UTF-8 by its bytes: nothing here needs a table of characters.
#include "config/utf8.h"

#include <algorithm>

namespace fanlight::config {
namespace {

constexpr char kFirstByteOfC1 = '\xc2';

bool isContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

bool isC0OrDelete(char byte) {
  return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f;
}

/// U+0080 to U+009F are C2 80 to C2 9F.
bool isC1At(std::string_view text, std::size_t position) {
  return text[position] == kFirstByteOfC1 && position + 1 < text.size() &&
         static_cast<unsigned char>(text[position + 1]) < 0xa0;
}

std::string_view firstCharacters(std::string_view text, std::size_t count) {
  std::size_t begun = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!isContinuation(text[i]) && ++begun > count)
      return text.substr(0, i);
  return text;
}

}  // namespace

std::size_t characterCount(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, isContinuation));
}

bool hasControlCharacter(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (isC0OrDelete(text[i]) || isC1At(text, i))
      return true;
  return false;
}

std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool isC1 = isC1At(text, i);
    shown += isC1 || isC0OrDelete(text[i]) ? '?' : text[i];
    i += isC1 ? 1 : 0;
  }
  return shown;
}

std::string inQuotes(std::string_view text) {
  const std::string_view cut = firstCharacters(text, kMaxQuotedCharacters);
  return "'" + printable(cut) + (cut.size() < text.size() ? "…'" : "'");
}

}  // namespace fanlight::config
