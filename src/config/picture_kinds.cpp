// SPDX-License-Identifier: Apache-2.0
// Flags, turns and controls from and to TOML.
#include "config/picture_kinds.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"

namespace fanlight::config {
namespace {

bool isControlName(std::string_view name) {
  return !name.empty() && name.size() <= ControlTable::kMaxBytes &&
         std::ranges::all_of(name, [](char c) { return base::isLower(c) || base::isDigit(c) || c == '_' || c == '-'; });
}

std::optional<ControlValue> valueIn(const Node& node) {
  if (const auto* flag = valueOf<bool>(node))
    return *flag;
  if (const auto* number = valueOf<std::int64_t>(node))
    return *number;
  if (const auto* fraction = valueOf<double>(node))
    return *fraction;
  const auto* text = valueOf<std::string>(node);
  return text && text->size() <= ControlTable::kMaxBytes ? std::optional<ControlValue>(*text) : std::nullopt;
}

struct ToToml {
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double fraction) const { return describe(Node{fraction, 0}); }
  std::string operator()(const std::string& text) const { return printString(text); }
};

}  // namespace

Parsed<bool> Flag::parse(const Node& node) const {
  if (const auto* flag = valueOf<bool>(node))
    return *flag;
  return mismatch(node);
}

Parsed<int> QuarterTurns::parse(const Node& node) const {
  const auto* degrees = valueOf<std::int64_t>(node);
  if (degrees && *degrees >= 0 && *degrees < 360 && *degrees % 90 == 0)
    return static_cast<int>(*degrees);
  return mismatch(node);
}

Parsed<Controls> ControlTable::parse(const Node& node) const {
  const auto* table = valueOf<Table>(node);
  if (!table)
    return mismatch(node);
  if (table->size() > kMaxControls)
    return mismatch(node, fmt::format("{} of them", table->size()));
  Controls controls;
  for (const auto& [name, entry] : *table) {
    const auto value = valueIn(entry);
    if (!isControlName(name) || !value)
      return mismatch(entry, fmt::format("{} = {}", printString(name), describe(entry)));
    controls.emplace(name, *value);
  }
  return controls;
}

std::string ControlTable::print(const Controls& controls) const {
  std::string text;
  for (const auto& [name, value] : controls)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", name, std::visit(ToToml{}, value));
  return text.empty() ? "" : "{ " + text + " }";
}

std::string ControlTable::expects() const {
  return fmt::format("a table of up to {} names of a-z 0-9 _ - with a number, true, false or a short text each",
                     kMaxControls);
}

}  // namespace fanlight::config
