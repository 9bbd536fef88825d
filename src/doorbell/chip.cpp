// SPDX-License-Identifier: Apache-2.0
// Its lines are asked for their names one by one.
#include "doorbell/chip.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file_descriptor.h"

namespace fanlight::doorbell {
namespace {

constexpr std::string_view kConsumer = "fanlight";

std::optional<std::uint32_t> toNumber(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// A text of the kernel's, which ends with a zero where it is shorter than its place.
template <std::size_t Size>
std::string_view textOf(const char (&place)[Size]) {
  return {place, ::strnlen(place, Size)};
}

std::optional<std::uint32_t> findLine(int chip, const std::string& line) {
  gpiochip_info about{};
  if (::ioctl(chip, GPIO_GET_CHIPINFO_IOCTL, &about) < 0)
    return std::nullopt;
  if (const auto number = toNumber(line))
    return *number < about.lines ? number : std::nullopt;
  for (std::uint32_t number = 0; number < about.lines; ++number) {
    gpio_v2_line_info info{};
    info.offset = number;
    if (::ioctl(chip, GPIO_V2_GET_LINEINFO_IOCTL, &info) == 0 && textOf(info.name) == line)
      return number;
  }
  return std::nullopt;
}

std::string reason(int error) {
  return error == ENOENT  ? "it is not there"
         : error == EBUSY ? "another program or driver has it"
                          : std::strerror(error);
}

}  // namespace

base::Result<int> requestLine(const std::string& chip, const std::string& line, const gpio_v2_line_config& wanted) {
  const base::FileDescriptor opened(::open(chip.c_str(), O_RDWR | O_CLOEXEC));
  if (opened.get() < 0)
    return base::fail(base::ErrorCode::Unavailable, fmt::format("'{}' cannot be opened: {}", chip, reason(errno)));
  const auto number = findLine(opened.get(), line);
  if (!number)
    return base::fail(base::ErrorCode::Unavailable, fmt::format("'{}' has no line '{}'", chip, line));
  gpio_v2_line_request request{};
  request.offsets[0] = *number;
  request.num_lines = 1;
  request.config = wanted;
  std::ranges::copy(kConsumer, request.consumer);
  if (::ioctl(opened.get(), GPIO_V2_GET_LINE_IOCTL, &request) < 0)
    return base::fail(base::ErrorCode::Unavailable,
                      fmt::format("line '{}' of '{}' cannot be used: {}", line, chip, reason(errno)));
  return request.fd;
}

}  // namespace fanlight::doorbell
