// SPDX-License-Identifier: Apache-2.0
// `fanlight token`: for whoever stands at the device, beside a daemon that runs or not.
#pragma once

#include <string>

#include "app/command_line.h"
#include "config/settings.h"

namespace fanlight::app {

/// Prints what it did, or on standard error why not.
ExitCode runToken(const TokenLine& line, const config::Settings& settings, const std::string& stateFolder);

}  // namespace fanlight::app
