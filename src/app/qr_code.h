// SPDX-License-Identifier: Apache-2.0
// A text as a picture that a phone reads off a terminal. Any thread.
#pragma once

#include <string>

namespace fanlight::app {

/// Lines of half blocks, dark on light whatever the terminal's colours are; empty where the text is too long for one.
std::string qrCode(const std::string& text);

}  // namespace fanlight::app
