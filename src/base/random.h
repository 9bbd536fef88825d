// SPDX-License-Identifier: Apache-2.0
// Unguessable names, from the kernel's generator. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace fanlight::base {

/// 32 lower-case hexadecimal digits, 128 bits of getrandom(2).
std::string randomId();

/// `length` characters, each as likely as the others. `alphabet` has 2, 4, … or 64 of them.
std::string randomText(std::string_view alphabet, std::size_t length);

}  // namespace fanlight::base
