// SPDX-License-Identifier: Apache-2.0
// From what a check of the sound has measured to what a person reads.
#pragma once

#include <vector>

#include "app/finding.h"
#include "audio/sound_check.h"

namespace fanlight::app {

/// In the order of the sound's way: microphone, speaker, chirp, delay, echo.
std::vector<Finding> judge(const config::Audio& settings, const audio::SoundCheck::Findings& seen);

}  // namespace fanlight::app
