// SPDX-License-Identifier: Apache-2.0
// What a board tells of its heat and its power, from the files of sysfs. Worker thread: some drivers take milliseconds.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fanlight::board {

/// Degrees Celsius: spared from `hot` on, until it is below `cool`.
struct HeatLimits {
  double hot = 75;
  double cool = 65;
  bool operator==(const HeatLimits&) const = default;
};

struct Temperature {
  std::string zone;  ///< as the kernel calls it: "cpu-thermal"
  double celsius = 0;
  HeatLimits limits;
};

/// What nothing here tells has no value.
struct Readings {
  std::vector<Temperature> temperatures;
  std::optional<bool> isUnderVoltage;  ///< now, or since the last reading
  std::optional<bool> isThrottled;     ///< firmware or kernel slows the processor down because of its heat
  /// It may not run as fast as it can, for whatever reason: an owner's wish, too.
  std::optional<bool> isFrequencyCapped;

  bool tellAnything() const { return !temperatures.empty() || isUnderVoltage || isThrottled || isFrequencyCapped; }
};

/// One file, and what is made of its first line. False: that is not what such a file may hold.
struct Sensor {
  std::string what;  ///< for a person: "cpu-thermal, hot from 80 °C"
  std::string path;
  std::function<bool(std::string_view line, Readings& readings)> take;
  bool isRefused = false;  ///< and said so
};

/// One way in which kernels tell.
struct SensorProvider {
  std::string_view name;
  /// Its sensors below `root`; none where it is not here.
  std::vector<Sensor> (*find)(const std::string& root, const HeatLimits& limits);
};

/// In the order in which they are asked.
std::span<const SensorProvider> sensorProviders();

/// The first line of such a file. NotFound: there is none. Unavailable: it cannot be read.
base::Result<std::string> readLine(const std::string& path);

/// A line's number with `factor` applied; none where it is another text or out of `least` to `most`.
std::optional<double> numberIn(std::string_view text, double factor, double least, double most);

class Sensors {
 public:
  /// Those of all providers. `root` is where sysfs is mounted: "/sys".
  static Sensors find(const std::string& root, const HeatLimits& limits);

  bool empty() const { return sensors_.empty(); }
  /// A file that cannot be read or holds something else is left out, which is logged the first time.
  Readings read();
  /// One line each.
  std::vector<std::string> describe() const;

 private:
  std::vector<Sensor> sensors_;
};

}  // namespace fanlight::board
