// SPDX-License-Identifier: Apache-2.0
// The ioctls that list them.
#include "media/v4l2_controls.h"

#include <cerrno>
#include <cstring>
#include <optional>

#include <fmt/format.h>
#include <linux/videodev2.h>

#include "base/ascii.h"
#include "media/device_node.h"

namespace fanlight::media {
namespace {

constexpr std::uint32_t kCannotBeSet = V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY;

template <std::size_t size>
std::string textOf(const std::uint8_t (&text)[size]) {
  const auto* begin = reinterpret_cast<const char*>(text);
  return {begin, ::strnlen(begin, size)};
}

std::optional<V4l2Control::Kind> kindOf(std::uint32_t type) {
  switch (type) {
    case V4L2_CTRL_TYPE_INTEGER:
      return V4l2Control::Kind::Integer;
    case V4L2_CTRL_TYPE_BOOLEAN:
      return V4l2Control::Kind::Boolean;
    case V4L2_CTRL_TYPE_MENU:
    case V4L2_CTRL_TYPE_INTEGER_MENU:
      return V4l2Control::Kind::Menu;
    case V4L2_CTRL_TYPE_BUTTON:
      return V4l2Control::Kind::Button;
    default:
      return std::nullopt;
  }
}

auto menuOf(const DeviceNode& device, const v4l2_queryctrl& queried) {
  std::vector<std::pair<std::int64_t, std::string>> menu;
  for (int value = queried.minimum; value <= queried.maximum; ++value) {
    v4l2_querymenu item{};
    item.id = queried.id;
    item.index = static_cast<std::uint32_t>(value);
    // A driver may leave some out.
    if (!device.ask(VIDIOC_QUERYMENU, item))
      continue;
    const bool isNumber = queried.type == V4L2_CTRL_TYPE_INTEGER_MENU;
    menu.emplace_back(value, isNumber ? std::to_string(item.value) : textOf(item.name));
  }
  return menu;
}

}  // namespace

base::Result<std::vector<V4l2Control>> listV4l2Controls(const std::string& path) {
  const DeviceNode device(path);
  if (!device.isOpen())
    return base::fail(base::ErrorCode::Unavailable, fmt::format("cannot open '{}': {}", path, std::strerror(errno)));
  std::vector<V4l2Control> controls;
  v4l2_queryctrl queried{};
  queried.id = V4L2_CTRL_FLAG_NEXT_CTRL;
  while (device.ask(VIDIOC_QUERYCTRL, queried)) {
    const auto kind = kindOf(queried.type);
    if (kind && (queried.flags & kCannotBeSet) == 0)
      controls.push_back({toControlName(textOf(queried.name)), *kind, queried.minimum, queried.maximum, queried.step,
                          queried.default_value,
                          *kind == V4l2Control::Kind::Menu ? menuOf(device, queried) : decltype(V4l2Control::menu)()});
    queried.id |= V4L2_CTRL_FLAG_NEXT_CTRL;
  }
  return controls;
}

std::string toControlName(std::string_view driversName) {
  std::string name;
  for (const char c : driversName) {
    if (base::isAlphanumeric(c))
      name += base::toLower(c);
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  while (name.ends_with('_'))
    name.pop_back();
  return name;
}

std::string describeRange(const V4l2Control& control) {
  switch (control.kind) {
    case V4l2Control::Kind::Button:
      return "a button";
    case V4l2Control::Kind::Boolean:
      return fmt::format("0 or 1, default {}", control.standard);
    case V4l2Control::Kind::Integer:
      return fmt::format("{} to {}{}, default {}", control.minimum, control.maximum,
                         control.step > 1 ? fmt::format(" in steps of {}", control.step) : "", control.standard);
    case V4l2Control::Kind::Menu:
      break;
  }
  std::string text;
  for (const auto& [value, name] : control.menu)
    text += fmt::format("{} ({}), ", value, name);
  return text + fmt::format("default {}", control.standard);
}

}  // namespace fanlight::media
