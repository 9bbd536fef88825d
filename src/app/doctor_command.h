// SPDX-License-Identifier: Apache-2.0
// `fanlight doctor`: tries what is configured and what it hangs on, and says of each thing whether it works and what to
// do.
#pragma once

#include <string>

#include "app/exit_code.h"
#include "config/settings.h"

namespace fanlight::app {

/// Device, cameras and network; sound is tried by runSoundDoctor(), since that can be heard. Unavailable where
/// something does not work.
ExitCode runDoctor(const config::Settings& settings, const std::string& stateFolder);

}  // namespace fanlight::app
