// SPDX-License-Identifier: Apache-2.0
// A sysfs of a test's own, with the files that boards have.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "temporary_folder.h"

namespace fanlight::test {

class Sysfs {
 public:
  std::string root() const { return folder_.path().string(); }
  /// With the line break that the kernel puts at the end.
  void write(std::string_view path, std::string_view text) { folder_.write(path, std::string(text) + "\n"); }
  void writeRaw(std::string_view path, std::string_view bytes) { folder_.write(path, bytes); }
  void remove(std::string_view path) { std::filesystem::remove_all(folder_.path(path)); }

  void zone(int number, std::string_view type, int milliCelsius) {
    write(zoneFile(number, "type"), type);
    write(zoneFile(number, "temp"), std::to_string(milliCelsius));
  }
  void tripPoint(int zone, int number, std::string_view type, int milliCelsius) {
    const std::string point = "trip_point_" + std::to_string(number);
    write(zoneFile(zone, point + "_type"), type);
    write(zoneFile(zone, point + "_temp"), std::to_string(milliCelsius));
  }
  void voltageAlarm(std::string_view alarm) {
    write("class/hwmon/hwmon1/name", "rpi_volt");
    write("class/hwmon/hwmon1/in0_lcrit_alarm", alarm);
  }
  void firmware(std::string_view bits) { write("devices/platform/soc/soc:firmware/get_throttled", bits); }
  void cooler(int number, std::string_view type, std::string_view state) {
    const std::string folder = "class/thermal/cooling_device" + std::to_string(number);
    write(folder + "/type", type);
    write(folder + "/cur_state", state);
  }
  void clock(std::string_view fastest, std::string_view limit) {
    write("devices/system/cpu/cpufreq/policy0/cpuinfo_max_freq", fastest);
    write("devices/system/cpu/cpufreq/policy0/scaling_max_freq", limit);
  }

  static std::string zoneFile(int number, std::string_view name) {
    return "class/thermal/thermal_zone" + std::to_string(number) + "/" + std::string(name);
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace fanlight::test
