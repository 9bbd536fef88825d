// SPDX-License-Identifier: Apache-2.0
// Each kind of value against each kind of control.
#include "media/control_values.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/ascii.h"

namespace fanlight::media {
namespace {

struct ToText {
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double fraction) const { return fmt::format("{}", fraction); }
  std::string operator()(const std::string& text) const { return fmt::format("'{}'", text); }
};

/// What the value is as a number, whether or not the control takes that.
struct ToNumber {
  const V4l2Control& control;

  std::optional<std::int64_t> operator()(bool flag) const { return flag ? 1 : 0; }
  std::optional<std::int64_t> operator()(std::int64_t number) const { return number; }
  std::optional<std::int64_t> operator()(double) const { return std::nullopt; }
  std::optional<std::int64_t> operator()(const std::string& text) const {
    const auto item = std::ranges::find_if(
        control.menu, [&text](const auto& entry) { return base::equalsIgnoringCase(entry.second, text); });
    return item == control.menu.end() ? std::nullopt : std::optional(item->first);
  }
};

bool takes(const V4l2Control& control, std::int64_t value) {
  if (control.kind == V4l2Control::Kind::Button)
    return true;
  if (control.kind == V4l2Control::Kind::Menu)
    return std::ranges::any_of(control.menu, [value](const auto& item) { return item.first == value; });
  return value >= control.minimum && value <= control.maximum;
}

}  // namespace

base::Result<ControlValues> toControlValues(const std::string& path, const std::vector<V4l2Control>& known,
                                            const config::Controls& wanted) {
  ControlValues values;
  for (const auto& [name, value] : wanted) {
    const auto control = std::ranges::find(known, name, &V4l2Control::name);
    if (control == known.end())
      return base::fail(
          base::ErrorCode::InvalidArgument,
          fmt::format("'{}' has no control '{}'; 'fanlight devices' lists those that it has", path, name));
    const auto number = std::visit(ToNumber{*control}, value);
    if (!number || !takes(*control, *number))
      return base::fail(base::ErrorCode::InvalidArgument,
                        fmt::format("the control '{}' of '{}' takes {}, not {}", name, path, describeRange(*control),
                                    std::visit(ToText{}, value)));
    values.emplace(name, *number);
  }
  return values;
}

std::string toExtraControls(const ControlValues& values) {
  std::string text = "controls";
  for (const auto& [name, value] : values)
    text += fmt::format(",{}=(int){}", name, value);
  return text;
}

}  // namespace fanlight::media
