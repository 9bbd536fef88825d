// SPDX-License-Identifier: Apache-2.0
// Whether what changes can be kept. Any thread.
#pragma once

#include <optional>
#include <string>

#include "health/surroundings.h"

namespace fanlight::health {

/// Less than this is full: what the daemon writes at once, and room for what systemd does beside it.
inline constexpr unsigned long long kLeastFreeBytes = 1024 * 1024;

/// Why nothing can be written below `folder`; none: something can. Asks the file system (statvfs(3)) and writes
/// nothing: memory cards wear out.
std::optional<std::string> whyNotWritable(const std::string& folder);

/// "disk-unusable", "disk-usable".
Watch watchDisk(std::string folder);

}  // namespace fanlight::health
