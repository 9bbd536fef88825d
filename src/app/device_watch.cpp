// SPDX-License-Identifier: Apache-2.0
#include "app/device_watch.h"

#include <functional>
#include <optional>
#include <utility>

#include "base/log.h"
#include "health/disk.h"
#include "health/memory.h"
#include "health/network.h"

namespace fanlight::app {
namespace {

/// Why something is wrong; none: all is well.
using Reason = std::optional<std::string>;

/// `hear` gets what each look of the watch saw.
health::Watch heardBy(health::Watch watch, std::function<void(const Reason&)> hear) {
  watch.look = [look = std::move(watch.look), hear = std::move(hear)] {
    Reason reason = look();
    hear(reason);
    return reason;
  };
  return watch;
}

}  // namespace

DeviceWatch::DeviceWatch(const std::string& stateFolder, session::DeviceTroubles& told, session::Registry& registry,
                         const base::Clock& clock)
    : clock_(clock),
      surroundings_(
          {heardBy(health::watchDisk(stateFolder),
                   [&told](const Reason& reason) { told.set(session::DeviceTrouble::Disk, reason.has_value()); }),
           health::watchNetwork(),
           heardBy(health::watchMemory(health::pressureFile()), [&told, &registry](const Reason& reason) {
             registry.holdDoor(reason);
             told.set(session::DeviceTrouble::Memory, reason.has_value());
           })}) {}

void DeviceWatch::look() {
  surroundings_.look();
  if (const auto step = clockSteps_.look(std::chrono::system_clock::now(), clock_.now()))
    base::logEvent(base::LogLevel::Warning, "fanlight", {{"EVENT", "clock-set"}}, "the clock was set {} by {} s",
                   *step > step->zero() ? "forward" : "back",
                   std::chrono::duration_cast<std::chrono::seconds>(std::chrono::abs(*step)).count());
}

}  // namespace fanlight::app
