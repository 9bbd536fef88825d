// SPDX-License-Identifier: Apache-2.0
// The names of this device's topics. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/values.h"

namespace fanlight::mqtt {

inline constexpr std::size_t kMaxViewerNameBytes = 64;

class Topics {
 public:
  Topics(const std::string& prefix, const base::DeviceId& device) : root_(prefix + "/" + device.value() + "/") {}

  /// "online" or "offline", retained.
  std::string status() const { return root_ + "status"; }
  /// The device and its cameras, retained.
  std::string info() const { return root_ + "info"; }
  /// The figures.
  std::string telemetry() const { return root_ + "telemetry"; }

  /// What viewers say: a filter.
  std::string signalIn() const { return root_ + "signal/+/in"; }
  /// Who says it: 1 to kMaxViewerNameBytes of A-Z a-z 0-9 - _, which the viewer has chosen. None: it is no such topic.
  std::optional<std::string> viewerOf(std::string_view topic) const;
  /// What the device says to that one.
  std::string signalOut(const std::string& viewer) const { return root_ + "signal/" + viewer + "/out"; }

 private:
  std::string root_;
};

}  // namespace fanlight::mqtt
