// SPDX-License-Identifier: Apache-2.0
// The letters of JSON (RFC 8259 §2, 6 and 7), judged before json-glib reads them: it recurses without end, and takes
// comments, octal numbers, NUL and half surrogates for JSON. Any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace fanlight::json {

/// Objects and arrays in one another; our own messages have three.
inline constexpr int kMaxDepth = 16;
/// Of a number before its point, so that it fits into 64 bits.
inline constexpr std::size_t kMaxIntegerDigits = 18;

/// What is wrong with the tokens of `text`, which is to be one object; nullptr where nothing is. Commas, colons and the
/// pairing of brackets are left to the parser.
const char* findFault(std::string_view text);

}  // namespace fanlight::json
