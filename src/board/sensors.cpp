// SPDX-License-Identifier: Apache-2.0
// Reads what the providers have found.
#include "board/sensors.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "glib/atomic_file.h"

namespace fanlight::board {
namespace {

/// All of these files have one number.
constexpr std::size_t kMaxBytes = 64;

}  // namespace

base::Result<std::string> readLine(const std::string& path) {
  const auto text = glib::readWhole(path, kMaxBytes);
  if (!text)
    return tl::unexpected(text.error());
  if (!*text)
    return base::fail(base::ErrorCode::NotFound, fmt::format("'{}' is gone", path));
  return (*text)->substr(0, (*text)->find('\n'));
}

std::optional<double> numberIn(std::string_view text, double factor, double least, double most) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  const double value = static_cast<double>(number) * factor;
  return value >= least && value <= most ? std::optional(value) : std::nullopt;
}

Sensors Sensors::find(const std::string& root, const HeatLimits& limits) {
  Sensors found;
  for (const SensorProvider& provider : sensorProviders())
    for (Sensor& sensor : provider.find(root, limits))
      found.sensors_.push_back(std::move(sensor));
  return found;
}

Readings Sensors::read() {
  Readings readings;
  for (Sensor& sensor : sensors_) {
    const auto text = readLine(sensor.path);
    if (text && sensor.take(*text, readings))
      continue;
    if (!std::exchange(sensor.isRefused, true))
      base::logWarning("board", "{}; ignored until it can be used",
                       text ? fmt::format("'{}' has '{}', which cannot be", sensor.path, *text) : text.error().message);
  }
  return readings;
}

std::vector<std::string> Sensors::describe() const {
  std::vector<std::string> lines;
  lines.reserve(sensors_.size());
  for (const Sensor& sensor : sensors_)
    lines.push_back(fmt::format("{} ({})", sensor.what, sensor.path));
  return lines;
}

}  // namespace fanlight::board
