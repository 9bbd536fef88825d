// SPDX-License-Identifier: Apache-2.0
// The control group's own file first: it is seen in the service's sandbox, and a limit of the group shows in it alone.
#include "health/memory.h"

#include <charconv>
#include <filesystem>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "glib/atomic_file.h"
#include "health/control_group.h"

namespace fanlight::health {
namespace {

constexpr std::string_view kSome = "some avg10=";

/// Of two lines.
constexpr std::size_t kMaxBytes = 1024;

}  // namespace

std::optional<double> readPressure(const std::string& text) {
  if (!text.starts_with(kSome))
    return std::nullopt;
  double percent = 0;
  const auto [end, error] = std::from_chars(text.data() + kSome.size(), text.data() + text.size(), percent);
  return error == std::errc() ? std::optional(percent / 100) : std::nullopt;
}

std::string pressureFile() {
  if (std::string ours = controlGroupFile("memory.pressure"); !ours.empty())
    return ours;
  const std::string machine = "/proc/pressure/memory";
  return std::filesystem::exists(machine) ? machine : std::string();
}

Watch watchMemory(std::string file, PressureShares shares) {
  return {"memory-pressure", "memory-enough", "there is enough memory again",
          [file = std::move(file), shares, isPressed = false]() mutable -> std::optional<std::string> {
            const auto share = readPressure(glib::readOrEmpty(file, kMaxBytes));
            isPressed = share && *share > (isPressed ? shares.ends : shares.begins);
            if (!isPressed)
              return std::nullopt;
            return fmt::format("memory is short: {:.0f} % of the time something waits for it; nobody else is let in",
                               100 * *share);
          }};
}

}  // namespace fanlight::health
