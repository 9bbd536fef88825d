// SPDX-License-Identifier: Apache-2.0
// Files that are there whole or not at all, also after a power cut. Any thread; waits for the disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fanlight::glib {

/// Puts `bytes` at `path`, which only its owner may read: written beside it, flushed, renamed, and the folder flushed.
/// Written by root, it belongs to the owner of the folder, as whom the daemon may run. Unavailable: why not.
base::Result<> writeAtomically(const std::string& path, std::string_view bytes);

/// None where there is no such file. Unavailable: it cannot be read, or has more than `limit` bytes.
base::Result<std::optional<std::string>> readWhole(const std::string& path, std::size_t limit);

/// The same for whom it makes no difference: empty where there is no such file or it cannot be read.
std::string readOrEmpty(const std::string& path, std::size_t limit);

}  // namespace fanlight::glib
