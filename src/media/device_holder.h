// SPDX-License-Identifier: Apache-2.0
// Whether somebody else captures from a V4L2 device, and who. Blocks a little: workers only.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace fanlight::media {

/// Fails with Busy where another process has the device's buffers, and names the processes that have it open.
base::Result<> checkIsFree(const std::string& path);

/// The other processes that have a file open: "'ffmpeg' (1234), 'pipewire' (567)". Empty: none that we may look into.
/// `proc`: where the kernel tells it; another for tests.
std::string holdersOf(const std::string& path, const std::string& proc = "/proc");

}  // namespace fanlight::media
