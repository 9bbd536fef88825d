// SPDX-License-Identifier: Apache-2.0
// Quantities from and to TOML.
#include "config/number_kinds.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "config/utf8.h"

namespace fanlight::config {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  milliseconds length;
};
constexpr std::array kUnits = {Unit{"m", std::chrono::minutes(1)}, Unit{"s", std::chrono::seconds(1)},
                               Unit{"ms", milliseconds(1)}};
/// Nine digits of minutes do not overflow.
constexpr std::size_t kMaxDurationDigits = 9;

Parsed<std::int64_t> parseWhole(const Node& node, std::int64_t min, std::int64_t max) {
  const auto* number = valueOf<std::int64_t>(node);
  if (!number || *number < min || *number > max)
    return mismatch(node);
  return *number;
}

std::optional<milliseconds> parseDuration(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  std::int64_t count = 0;
  if (digits == 0 || digits > kMaxDurationDigits)
    return std::nullopt;
  std::from_chars(text.data(), text.data() + digits, count);
  for (const Unit& unit : kUnits)
    if (text.substr(digits) == unit.name)
      return count * unit.length;
  return std::nullopt;
}

/// In the largest unit that leaves no fraction.
std::string formatDuration(milliseconds duration) {
  for (const Unit& unit : kUnits)
    if (duration % unit.length == milliseconds::zero())
      return fmt::format("{}{}", duration / unit.length, unit.name);
  return {};
}

std::string groupThousands(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3; place -= 3)
    digits.insert(place - 3, 1, '_');
  return digits;
}

}  // namespace

Parsed<int> Integer::parse(const Node& node) const {
  const auto number = parseWhole(node, min, max);
  if (!number || *number % multipleOf != 0)
    return mismatch(node);
  return static_cast<int>(*number);
}

std::string Integer::expects() const {
  const std::string what = multipleOf == 1   ? "a whole number"
                           : multipleOf == 2 ? "an even number"
                                             : fmt::format("a multiple of {}", multipleOf);
  return fmt::format("{} from {} to {}", what, min, max);
}

Parsed<base::FrameRate> FrameRateRange::parse(const Node& node) const {
  return parseWhole(node, min, max).map([](std::int64_t number) {
    return base::FrameRate{static_cast<int>(number), 1};
  });
}

std::string FrameRateRange::expects() const {
  return fmt::format("a whole number of frames a second from {} to {}", min, max);
}

Parsed<base::Bitrate> BitrateRange::parse(const Node& node) const {
  return parseWhole(node, min.bitsPerSecond, max.bitsPerSecond).map([](std::int64_t number) {
    return base::Bitrate{number};
  });
}

std::string BitrateRange::print(const base::Bitrate& value) const {
  return groupThousands(value.bitsPerSecond);
}

std::string BitrateRange::expects() const {
  return fmt::format("a whole number of bit/s from {} to {}", print(min), print(max));
}

Parsed<milliseconds> DurationRange::parse(const Node& node) const {
  const auto* text = valueOf<std::string>(node);
  if (!text)
    return mismatch(node);
  const auto duration = parseDuration(*text);
  if (!duration || *duration < min || *duration > max)
    return mismatch(node, inQuotes(*text));
  return *duration;
}

std::string DurationRange::print(const milliseconds& value) const {
  return printString(formatDuration(value));
}

std::string DurationRange::expects() const {
  return fmt::format("a time such as '10s', from {} to {}", formatDuration(min), formatDuration(max));
}

}  // namespace fanlight::config
