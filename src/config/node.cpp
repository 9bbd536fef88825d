// SPDX-License-Identifier: Apache-2.0
// A value of the wrong type in words.
#include "config/node.h"

#include <fmt/format.h>

#include "config/utf8.h"

namespace fanlight::config {
namespace {

struct Describe {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::to_string(value); }
  std::string operator()(double value) const { return fmt::format("{:#}", value); }
  std::string operator()(Moment) const { return "a date or time"; }
  std::string operator()(const std::string& value) const { return "the text " + inQuotes(value); }
  std::string operator()(const List&) const { return "a list"; }
  std::string operator()(const Table&) const { return "a table"; }
};

}  // namespace

std::string describe(const Node& node) {
  return std::visit(Describe{}, node.value);
}

}  // namespace fanlight::config
