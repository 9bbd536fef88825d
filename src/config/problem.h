// SPDX-License-Identifier: Apache-2.0
// What is wrong with a configuration, and where. Any thread.
#pragma once

#include <string>

namespace fanlight::config {

/// Where something is written. `line` counts from 1; 0: the file as a whole.
struct Origin {
  std::string file;
  int line = 0;
  bool operator==(const Origin&) const = default;
};

struct Problem {
  Origin where;
  std::string message;
  bool operator==(const Problem&) const = default;
};

/// "FILE:LINE", or "FILE" where no line is meant.
std::string toText(const Origin& origin);
/// "FILE:LINE: message", on one line.
std::string toText(const Problem& problem);

}  // namespace fanlight::config
