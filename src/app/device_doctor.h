// SPDX-License-Identifier: Apache-2.0
// The doctor's look at what the daemon needs of the device itself: time, and a place to keep things.
#pragma once

#include <string>
#include <vector>

#include "app/finding.h"

namespace fanlight::app {

std::vector<Finding> lookAtDevice(const std::string& stateFolder);

}  // namespace fanlight::app
