// SPDX-License-Identifier: Apache-2.0
// TOML values as plain data, each with its line, so that one source file alone knows the TOML library. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace fanlight::config {

struct Entry;
struct Node;

using List = std::vector<Node>;
/// In the order of the file.
using Table = std::vector<Entry>;

/// A date, a time or both. No setting is one, so its value is not kept.
struct Moment {};

struct Node {
  std::variant<bool, std::int64_t, double, Moment, std::string, List, Table> value;
  int line = 0;
};

struct Entry {
  std::string key;
  Node node;
};

/// What stands there, for "must be …, not …": "12.5", "the text '12'", "a list".
std::string describe(const Node& node);

}  // namespace fanlight::config
