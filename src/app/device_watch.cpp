// SPDX-License-Identifier: Apache-2.0
#include "app/device_watch.h"

#include <utility>

#include "base/log.h"
#include "health/disk.h"
#include "health/memory.h"
#include "health/network.h"

namespace fanlight::app {

DeviceWatch::DeviceWatch(const std::string& stateFolder, session::DeviceTroubles& told, session::Registry& registry,
                         const base::Clock& clock)
    : told_(told),
      registry_(registry),
      clock_(clock),
      surroundings_({toldAs(session::DeviceTrouble::Disk, health::watchDisk(stateFolder)), health::watchNetwork(),
                     toldAs(session::DeviceTrouble::Memory, watchMemory())}) {}

health::Watch DeviceWatch::watchMemory() {
  health::Watch watch = health::watchMemory(health::pressureFile());
  watch.look = [this, look = std::move(watch.look)] {
    auto reason = look();
    registry_.holdDoor(reason);
    return reason;
  };
  return watch;
}

health::Watch DeviceWatch::toldAs(session::DeviceTrouble trouble, health::Watch watch) {
  watch.look = [this, trouble, look = std::move(watch.look)] {
    auto reason = look();
    told_.set(trouble, reason.has_value());
    return reason;
  };
  return watch;
}

void DeviceWatch::look() {
  surroundings_.look();
  if (const auto step = clockSteps_.look(std::chrono::system_clock::now(), clock_.now()))
    base::logEvent(base::LogLevel::Warning, "fanlight", {{"EVENT", "clock-set"}}, "the clock was set {} by {} s",
                   *step > step->zero() ? "forward" : "back",
                   std::chrono::duration_cast<std::chrono::seconds>(std::chrono::abs(*step)).count());
}

}  // namespace fanlight::app
