// SPDX-License-Identifier: Apache-2.0
// What can be set on a V4L2 camera: brightness, exposure, power line frequency, and so on. Blocks a little: workers
// only.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace fanlight::media {

/// One control (V4L2 user space API, VIDIOC_QUERYCTRL).
struct V4l2Control {
  enum class Kind { Integer, Boolean, Menu, Button };
  std::string name;  ///< as v4l2-ctl and GStreamer write it: "power_line_frequency"
  Kind kind = Kind::Integer;
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  std::int64_t step = 1;
  std::int64_t standard = 0;                               ///< the driver's default
  std::vector<std::pair<std::int64_t, std::string>> menu;  ///< what each value of a menu is called
  bool operator==(const V4l2Control&) const = default;
};

/// In the driver's order, without those that cannot be set. Fails with Unavailable where the device cannot be opened.
base::Result<std::vector<V4l2Control>> listV4l2Controls(const std::string& path);

/// "Power Line Frequency" to "power_line_frequency".
std::string toControlName(std::string_view driversName);

/// For a person: "-64 to 64, default 0", "0 or 1, default 1", "0 (Disabled), 1 (50 Hz), default 1".
std::string describeRange(const V4l2Control& control);

}  // namespace fanlight::media
