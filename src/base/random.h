// SPDX-License-Identifier: Apache-2.0
// Unguessable names, from the kernel's generator. Any thread.
#pragma once

#include <string>

namespace fanlight::base {

/// 32 lower-case hexadecimal digits, 128 bits of getrandom(2).
std::string randomId();

}  // namespace fanlight::base
