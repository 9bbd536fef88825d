// SPDX-License-Identifier: Apache-2.0
// Where kernels tell of heat and power, each way with what its files mean.
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "base/ascii.h"
#include "board/sensors.h"

namespace fanlight::board {
namespace {

/// Of one kind: zones, cooling devices, clock policies.
constexpr std::size_t kMaxEntries = 64;
constexpr int kMaxTripPoints = 16;

constexpr double kMilli = 0.001;
/// Degrees Celsius. What is beyond is a sensor that is off, or no temperature.
constexpr double kColdest = -40;
constexpr double kHottest = 150;
/// Of a trip point: some are 0, or absolute zero, where none is set.
constexpr double kLowestTripPoint = 40;

/// How far below each kind of trip point we begin: the kernel throttles at a passive one, calls programs at a hot one,
/// and powers off at a critical one.
struct TripMargin {
  std::string_view type;
  double celsius;
};
constexpr std::array kTripMargins{TripMargin{"passive", 5}, TripMargin{"hot", 10}, TripMargin{"critical", 15}};

/// In the name of a zone that is the processor's. Others are batteries, radios, or sensors with a fixed number, such as
/// the Jetson's PMIC-Die.
constexpr std::array<std::string_view, 9> kProcessorZones{"cpu", "soc", "core",   "package", "pkg",
                                                          "gpu", "tj",  "acpitz", "bcm2835"};
/// Cooling devices that slow the processor down; others are fans.
constexpr std::array<std::string_view, 3> kProcessorCoolers{"thermal-cpufreq", "cpufreq-", "Processor"};

constexpr std::string_view kHwmon = "/class/hwmon";
constexpr std::string_view kThermal = "/class/thermal";
constexpr std::string_view kCpufreq = "/devices/system/cpu/cpufreq";
constexpr std::string_view kPlatform = "/devices/platform";

/// Empty where there is none.
std::string lineOf(const std::string& path) {
  return readLine(path).value_or("");
}

/// Whole paths, in the order of their names; none where there is no such folder.
std::vector<std::string> entriesOf(const std::string& folder, std::string_view prefix) {
  std::vector<std::string> entries;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().filename().string().starts_with(prefix) && entries.size() < kMaxEntries)
      entries.push_back(entry->path());
  std::ranges::sort(entries);
  return entries;
}

bool exists(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

void note(std::optional<bool>& state, bool isSo) {
  state = state.value_or(false) || isSo;
}

// hwmon: the Raspberry Pi's supply. The driver asks the firmware every two seconds and keeps what it has seen until
// then.

std::vector<Sensor> findVoltageAlarm(const std::string& root, const HeatLimits&) {
  std::vector<Sensor> sensors;
  for (const std::string& monitor : entriesOf(root + std::string(kHwmon), "hwmon"))
    if (lineOf(monitor + "/name") == "rpi_volt")
      sensors.push_back({"under-voltage", monitor + "/in0_lcrit_alarm", [](std::string_view text, Readings& readings) {
                           const auto alarm = numberIn(text, 1, 0, 1);
                           if (alarm)
                             note(readings.isUnderVoltage, *alarm != 0);
                           return alarm.has_value();
                         }});
  return sensors;
}

// The Raspberry Pi's firmware (raspberrypi.com/documentation, vcgencmd get_throttled). Bits from 16 on are those of 0
// on, kept: one that has come since the last reading was so in between.

enum FirmwareBit : std::uint32_t { UnderVoltage = 1U << 0, FrequencyCapped = 1U << 1, Throttled = 1U << 2 };
constexpr std::uint32_t kKnownBits = 0xf'000f;
constexpr int kKept = 16;

class FirmwareState {
 public:
  bool take(std::string_view text, Readings& readings) {
    std::uint32_t bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits, 16);
    if (error != std::errc() || end != text.data() + text.size() || (bits & ~kKnownBits) != 0)
      return false;
    const std::uint32_t now = bits | ((bits & ~last_.value_or(bits)) >> kKept);
    last_ = bits;
    note(readings.isUnderVoltage, (now & UnderVoltage) != 0);
    note(readings.isFrequencyCapped, (now & FrequencyCapped) != 0);
    // Of a supply that is too weak the firmware says so as well.
    note(readings.isThrottled, (now & Throttled) != 0 && (now & UnderVoltage) == 0);
    return true;
  }

 private:
  std::optional<std::uint32_t> last_;
};

std::vector<Sensor> findFirmware(const std::string& root, const HeatLimits& limits) {
  // Where there is hwmon, a kernel writes a warning with its whole stack when this file is read (4.19 to 6.12).
  if (!findVoltageAlarm(root, limits).empty())
    return {};
  std::vector<Sensor> sensors;
  for (const std::string& bus : entriesOf(root + std::string(kPlatform), "soc"))
    for (const std::string& device : entriesOf(bus, "soc"))
      if (device.ends_with(":firmware") && exists(device + "/get_throttled"))
        sensors.push_back({"under-voltage and throttling, as the firmware says", device + "/get_throttled",
                           [state = std::make_shared<FirmwareState>()](std::string_view text, Readings& readings) {
                             return state->take(text, readings);
                           }});
  return sensors;
}

// Thermal zones.

bool isProcessorZone(const std::string& type) {
  return std::ranges::any_of(kProcessorZones, [lower = base::toLower(type)](std::string_view word) {
    return lower.find(word) != std::string::npos;
  });
}

/// The zone's trip points of a type, in the order of their numbers.
std::vector<double> tripPointsOf(const std::string& zone, std::string_view type) {
  std::vector<double> points;
  for (int number = 0; number < kMaxTripPoints; ++number) {
    const std::string point = fmt::format("{}/trip_point_{}_", zone, number);
    if (lineOf(point + "type") != type)
      continue;
    if (const auto celsius = numberIn(lineOf(point + "temp"), kMilli, kLowestTripPoint, kHottest))
      points.push_back(*celsius);
  }
  return points;
}

/// What the kernel or firmware would do by itself comes after us.
HeatLimits limitsOf(const std::string& zone, const HeatLimits& usual) {
  double hot = usual.hot;
  for (const TripMargin& margin : kTripMargins) {
    const std::vector<double> points = tripPointsOf(zone, margin.type);
    if (points.empty())
      continue;
    // This governor only begins to look at the first, and holds the temperature at the last (power_allocator.rst).
    const bool isHeldAtLast = margin.type == "passive" && lineOf(zone + "/policy") == "power_allocator";
    hot = std::min(hot, (isHeldAtLast ? std::ranges::max(points) : std::ranges::min(points)) - margin.celsius);
  }
  return {hot, hot - (usual.hot - usual.cool)};
}

std::vector<Sensor> findZones(const std::string& root, const HeatLimits& usual) {
  std::vector<Sensor> sensors;
  for (const std::string& zone : entriesOf(root + std::string(kThermal), "thermal_zone")) {
    const std::string type = lineOf(zone + "/type");
    if (!isProcessorZone(type))
      continue;
    const HeatLimits limits = limitsOf(zone, usual);
    sensors.push_back({fmt::format("{}, hot from {:.0f} °C, cool below {:.0f} °C", type, limits.hot, limits.cool),
                       zone + "/temp", [type, limits](std::string_view text, Readings& readings) {
                         const auto celsius = numberIn(text, kMilli, kColdest, kHottest);
                         if (celsius)
                           readings.temperatures.push_back({type, *celsius, limits});
                         return celsius.has_value();
                       }});
  }
  return sensors;
}

// Cooling devices: the kernel is at work already.

std::vector<Sensor> findCoolers(const std::string& root, const HeatLimits&) {
  std::vector<Sensor> sensors;
  for (const std::string& cooler : entriesOf(root + std::string(kThermal), "cooling_device")) {
    const std::string type = lineOf(cooler + "/type");
    if (std::ranges::none_of(kProcessorCoolers, [&type](std::string_view prefix) { return type.starts_with(prefix); }))
      continue;
    sensors.push_back(
        {fmt::format("throttling by '{}'", type), cooler + "/cur_state", [](std::string_view text, Readings& readings) {
           constexpr double kMost = 10'000;
           const auto state = numberIn(text, 1, 0, kMost);
           if (state)
             note(readings.isThrottled, *state > 0);
           return state.has_value();
         }});
  }
  return sensors;
}

// The clock. That it runs slower than it may is what it does when there is little to do; only that it may not run as
// fast as it can says something.

std::vector<Sensor> findClocks(const std::string& root, const HeatLimits&) {
  constexpr double kLeast = 1;
  constexpr double kMost = 100'000'000;  // kHz
  std::vector<Sensor> sensors;
  for (const std::string& policy : entriesOf(root + std::string(kCpufreq), "policy")) {
    const auto fastest = numberIn(lineOf(policy + "/cpuinfo_max_freq"), 1, kLeast, kMost);
    if (!fastest)
      continue;
    sensors.push_back(
        {"clock limit", policy + "/scaling_max_freq", [fastest = *fastest](std::string_view text, Readings& readings) {
           const auto limit = numberIn(text, 1, kLeast, kMost);
           if (limit)
             note(readings.isFrequencyCapped, *limit < fastest);
           return limit.has_value();
         }});
  }
  return sensors;
}

constexpr std::array kProviders{SensorProvider{"hwmon", findVoltageAlarm}, SensorProvider{"firmware", findFirmware},
                                SensorProvider{"thermal zones", findZones},
                                SensorProvider{"cooling devices", findCoolers}, SensorProvider{"cpufreq", findClocks}};

}  // namespace

std::span<const SensorProvider> sensorProviders() {
  return kProviders;
}

}  // namespace fanlight::board
