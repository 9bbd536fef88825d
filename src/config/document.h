// SPDX-License-Identifier: Apache-2.0
// One TOML 1.0 text into plain data. Any thread.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "config/node.h"

namespace fanlight::config {

/// No setting is deeper than root, list, table, list, text: what lies below is a wrong value already and is left out.
inline constexpr int kMaxDepth = 4;
/// "a.b.c" has three parts. Without this limit a long enough key takes the library's stack away.
inline constexpr int kMaxKeyParts = 16;

struct SyntaxError {
  int line = 0;
  std::string message;
};

/// The library stops at the first error, so there is one at most.
tl::expected<Table, SyntaxError> parseDocument(std::string_view text);

}  // namespace fanlight::config
