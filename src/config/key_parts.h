// SPDX-License-Identifier: Apache-2.0
// Finds dotted keys of absurd length before the TOML library sees them. Any thread.
#pragma once

#include <optional>
#include <string_view>

namespace fanlight::config {

/// The line of the first key with more than `limit` parts. Strings and comments are no keys.
std::optional<int> findLongKey(std::string_view toml, int limit);

}  // namespace fanlight::config
