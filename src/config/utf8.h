// SPDX-License-Identifier: Apache-2.0
// Texts of people and files: their length as they see it, and a form that is safe to show. UTF-8. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace fanlight::config {

/// Code points, which is what "characters" means in a limit.
std::size_t characterCount(std::string_view text);

/// Whether there is a C0, DEL or C1 control character.
bool hasControlCharacter(std::string_view text);

/// The text on one line: a terminal or a log line cannot be led astray by what stood in a file.
std::string printable(std::string_view text);

/// printable() in single quotes, cut after kMaxQuotedCharacters.
std::string inQuotes(std::string_view text);
inline constexpr std::size_t kMaxQuotedCharacters = 60;

}  // namespace fanlight::config
