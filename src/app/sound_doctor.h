// SPDX-License-Identifier: Apache-2.0
// `fanlight doctor --sound`: tries what is configured, and says of each thing whether it works and what to do.
#pragma once

#include "app/exit_code.h"
#include "config/settings.h"

namespace fanlight::app {

/// Each [[audio]], one after the other, with chirps that a person hears. Unavailable where one does not work.
ExitCode runSoundDoctor(const config::Settings& settings);

}  // namespace fanlight::app
