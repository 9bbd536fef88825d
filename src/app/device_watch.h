// SPDX-License-Identifier: Apache-2.0
// What fails around the daemon, and who is told or kept out for it. Main thread.
#pragma once

#include <string>

#include "base/clock.h"
#include "health/clock_steps.h"
#include "health/surroundings.h"
#include "session/device_troubles.h"
#include "session/registry.h"

namespace fanlight::app {

class DeviceWatch {
 public:
  /// `told`: of what the device's owner can do something about. `registry` lets nobody in while memory is short. Both
  /// outlive it.
  DeviceWatch(const std::string& stateFolder, session::DeviceTroubles& told, session::Registry& registry,
              const base::Clock& clock);
  DeviceWatch(const DeviceWatch&) = delete;
  DeviceWatch& operator=(const DeviceWatch&) = delete;

  void look();
  const health::Surroundings& surroundings() const { return surroundings_; }

 private:
  const base::Clock& clock_;
  health::Surroundings surroundings_;
  health::ClockSteps clockSteps_;
};

}  // namespace fanlight::app
