// SPDX-License-Identifier: Apache-2.0
// What somebody meant who mistyped a name. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fanlight::config {

/// Inserted, left out, replaced and swapped neighbouring characters that make `a` into `b`.
int editDistance(std::string_view a, std::string_view b);

/// The known name that is nearest to `name`, if so near that it may be meant: one edit for each three characters.
std::optional<std::string> nearest(std::string_view name, const std::vector<std::string>& known);

}  // namespace fanlight::config
