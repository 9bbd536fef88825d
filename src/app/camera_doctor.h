// SPDX-License-Identifier: Apache-2.0
// The doctor's look at each camera: one picture, as a viewer would get it, and what encodes it.
#pragma once

#include <vector>

#include "app/finding.h"
#include "config/settings.h"
#include "glib/main_context.h"

namespace fanlight::app {

/// Those of the settings; without any, those that are found. Takes up to 15 seconds for each.
std::vector<Finding> lookAtCameras(const glib::MainContext& context, const std::vector<config::Camera>& settings);

}  // namespace fanlight::app
