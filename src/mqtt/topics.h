// SPDX-License-Identifier: Apache-2.0
// The names of this device's topics. Any thread.
#pragma once

#include <string>

#include "base/values.h"

namespace fanlight::mqtt {

class Topics {
 public:
  Topics(const std::string& prefix, const base::DeviceId& device) : root_(prefix + "/" + device.value() + "/") {}

  /// "online" or "offline", retained.
  std::string status() const { return root_ + "status"; }
  /// The device and its cameras, retained.
  std::string info() const { return root_ + "info"; }
  /// The figures.
  std::string telemetry() const { return root_ + "telemetry"; }

 private:
  const std::string root_;
};

}  // namespace fanlight::mqtt
