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
  // By ourselves: '#' is "25.0" to fmt 9 and "25." to fmt 10.
  std::string operator()(double value) const {
    const std::string text = fmt::format("{}", value);
    return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
  }
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
