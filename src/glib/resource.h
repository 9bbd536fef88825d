// SPDX-License-Identifier: Apache-2.0
// Files that travel inside the binary. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "glib/ref.h"

namespace fanlight::glib {

/// The names of what lies in a folder, which ends in '/', in no particular order.
std::vector<std::string> resourceNames(GResource* resource, const std::string& folder);

/// None where there is no such file.
std::optional<std::string> resourceText(GResource* resource, const std::string& path);

}  // namespace fanlight::glib
