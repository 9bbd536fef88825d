// SPDX-License-Identifier: Apache-2.0
// Whether what changes can be kept. Any thread.
#pragma once

#include <optional>
#include <string>

#include "health/surroundings.h"

namespace fanlight::health {

/// Less than this is full: what the daemon writes at once, and room for what systemd does beside it.
inline constexpr unsigned long long kLeastFreeBytes = 1024 * 1024;
/// And from here on it is not full any more: the line in the journal that says so takes room, too. Small, since some
/// give the state a partition of a few megabytes.
inline constexpr unsigned long long kEnoughFreeBytes = 2 * kLeastFreeBytes;

/// Bytes that are free below `folder`; none where it cannot be looked at. statvfs(3).
std::optional<unsigned long long> freeBytes(const std::string& folder);

/// Why nothing can be written below `folder`; none: something can. Asks the file system (statvfs(3)) and writes
/// nothing: memory cards wear out.
std::optional<std::string> whyNotWritable(const std::string& folder, unsigned long long leastFreeBytes);

/// "disk-unusable", "disk-usable".
Watch watchDisk(std::string folder);

}  // namespace fanlight::health
