// SPDX-License-Identifier: Apache-2.0
// What a kind of setting is: it reads a TOML value, shows one, and says what it wants. Any thread.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "config/node.h"

namespace fanlight::config {

/// Why a value is none of a kind: what stands there instead, and where.
struct Mismatch {
  std::string got;  ///< follows "must be …, not"
  int line = 0;
};

template <class T>
using Parsed = tl::expected<T, Mismatch>;

/// print() gives TOML that parse() reads back to the same value; empty for a value that is not set.
template <class Kind>
concept ValueKind = requires(const Kind kind, const Node& node, const typename Kind::Value& value) {
  { kind.parse(node) } -> std::same_as<Parsed<typename Kind::Value>>;
  { kind.print(value) } -> std::same_as<std::string>;
  { kind.expects() } -> std::same_as<std::string>;
};

inline tl::unexpected<Mismatch> mismatch(const Node& node, std::string got) {
  return tl::unexpected(Mismatch{std::move(got), node.line});
}
inline tl::unexpected<Mismatch> mismatch(const Node& node) {
  return mismatch(node, describe(node));
}

/// The node as one of its own types: bool, std::int64_t, double, std::string, List, Table.
template <class T>
const T* valueOf(const Node& node) {
  return std::get_if<T>(&node.value);
}

/// The items of a list of `min` to `max` texts, with their lines for what is found wrong later.
Parsed<List> parseTexts(const Node& node, std::size_t min, std::size_t max);

/// "one of 'a', 'b', 'c'".
std::string oneOf(const std::vector<std::string>& names);
/// A TOML basic string.
std::string printString(std::string_view text);
/// A TOML list of basic strings.
std::string printList(const std::vector<std::string>& texts);

}  // namespace fanlight::config
