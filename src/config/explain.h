// SPDX-License-Identifier: Apache-2.0
// The configuration that counts, for a person who wonders why. Any thread.
#pragma once

#include <string>

#include "config/load.h"

namespace fanlight::config {

/// Every setting of every section and camera: value, where it is written, what it is for. It is
/// TOML, and where there are no problems it means the same as the files that were read.
std::string explain(const Reading& reading);

}  // namespace fanlight::config
