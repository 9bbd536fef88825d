// SPDX-License-Identifier: Apache-2.0
// What the kernel calls keys and buttons. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fanlight::doorbell {

/// "KEY_ENTER", "BTN_0", …
std::vector<std::string> keyNames();
/// Its number in events.
std::optional<int> keyCode(std::string_view name);

}  // namespace fanlight::doorbell
