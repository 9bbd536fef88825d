// SPDX-License-Identifier: Apache-2.0
// The only file that includes toml++: it is heavy, and it throws.
#include "config/document.h"

#include <algorithm>

// Where the library is compiled in instead of linked, its asserts would end the process on some texts that are no TOML.
#define TOML_ASSERT(condition) static_assert(true)
#include <toml++/toml.h>

#include "config/key_parts.h"
#include "config/utf8.h"

namespace fanlight::config {
namespace {

int lineOf(const toml::source_region& region) {
  return static_cast<int>(region.begin.line);
}

Node convert(const toml::node& node, int line, int depth);

Table convertTable(const toml::table& table, int depth) {
  Table entries;
  for (const auto& [key, value] : table)
    entries.push_back({std::string(key.str()), convert(value, lineOf(key.source()), depth + 1)});
  // The library orders by name.
  std::ranges::stable_sort(entries, {}, [](const Entry& entry) { return entry.node.line; });
  return entries;
}

List convertList(const toml::array& array, int depth) {
  List list;
  for (const toml::node& item : array)
    list.push_back(convert(item, lineOf(item.source()), depth + 1));
  return list;
}

/// `line`: the one of its key, since that is what a person looks for.
Node convert(const toml::node& node, int line, int depth) {
  switch (node.type()) {
    case toml::node_type::table:
      return {depth < kMaxDepth ? convertTable(*node.as_table(), depth) : Table(), line};
    case toml::node_type::array:
      return {depth < kMaxDepth ? convertList(*node.as_array(), depth) : List(), line};
    case toml::node_type::string:
      return {node.as_string()->get(), line};
    case toml::node_type::integer:
      return {node.as_integer()->get(), line};
    case toml::node_type::floating_point:
      return {node.as_floating_point()->get(), line};
    case toml::node_type::boolean:
      return {node.as_boolean()->get(), line};
    case toml::node_type::date:
    case toml::node_type::time:
    case toml::node_type::date_time:
    case toml::node_type::none:
      break;
  }
  return {Moment{}, line};
}

SyntaxError toSyntaxError(const toml::parse_error& error) {
  std::string reason = printable(error.description());
  // The library's sentences begin with a capital.
  if (!reason.empty() && reason.front() >= 'A' && reason.front() <= 'Z')
    reason.front() = static_cast<char>(reason.front() - 'A' + 'a');
  return {lineOf(error.source()), "not TOML: " + reason};
}

}  // namespace

tl::expected<Table, SyntaxError> parseDocument(std::string_view text) {
  if (const auto line = findLongKey(text, kMaxKeyParts))
    return tl::unexpected(
        SyntaxError{*line, "a key has more than " + std::to_string(kMaxKeyParts) + " parts: the file is left out"});
  try {
    return convertTable(toml::parse(text), 0);
  } catch (const toml::parse_error& error) {
    return tl::unexpected(toSyntaxError(error));
  }
}

}  // namespace fanlight::config
