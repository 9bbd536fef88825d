// SPDX-License-Identifier: Apache-2.0
// What this process takes of the machine, by /proc/self (proc(5)). Main thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "telemetry/device_figures.h"

namespace fanlight::app {

/// Of /proc/PID/stat.
struct ProcessStat {
  std::uint64_t threads = 0;
  std::uint64_t startTicks = 0;  ///< since boot, in clock ticks
  std::uint64_t virtualBytes = 0;
  std::uint64_t residentPages = 0;
  bool operator==(const ProcessStat&) const = default;
};

/// None where `text` is not what the kernel writes.
std::optional<ProcessStat> parseProcessStat(std::string_view text);

class ProcessMeter {
 public:
  /// None where there is no /proc.
  std::optional<telemetry::ProcessFigures> read();

 private:
  /// When it started by the wall clock as that is now; the same each time, unless that clock is set.
  std::chrono::duration<double> startedAt(std::uint64_t ticks);

  std::optional<std::chrono::duration<double>> told_;
};

}  // namespace fanlight::app
