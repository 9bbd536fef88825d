// SPDX-License-Identifier: Apache-2.0
// From what a check of the sound has measured to what a person reads.
#pragma once

#include "audio/sound_check.h"
#include "session/finding.h"

namespace fanlight::app {

/// In the order of the sound's way: microphone, speaker, chirp, delay, echo.
session::Findings judge(const config::Audio& settings, const audio::SoundCheck::Findings& seen);

}  // namespace fanlight::app
