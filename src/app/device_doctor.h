// SPDX-License-Identifier: Apache-2.0
// The doctor's look at what the daemon needs of the device itself: time, and a place to keep things.
#pragma once

#include <string>

#include "session/finding.h"

namespace fanlight::app {

/// Blocks, for as long as a disk takes. Any thread.
session::Findings lookAtDevice(const std::string& stateFolder);

}  // namespace fanlight::app
