// SPDX-License-Identifier: Apache-2.0
// A GPIO chip by the kernel's own interface (linux/gpio.h, version 2, since 5.10). Not by libgpiod: Debian 12's and
// 13's have nothing in common but these calls, of which three are needed. Any thread; blocks no longer than the chip's
// bus.
#pragma once

#include <cstdint>
#include <string>

#include <linux/gpio.h>

#include "base/result.h"

namespace fanlight::doorbell {

/// One line for this process alone, by its number or name, as `wanted` says; its descriptor, which is the caller's.
/// Unavailable: there is no such chip or line, it may not be opened, or somebody else has it.
base::Result<int> requestLine(const std::string& chip, const std::string& line, const gpio_v2_line_config& wanted);

}  // namespace fanlight::doorbell
