// SPDX-License-Identifier: Apache-2.0
// `fanlight devices`: what there is here to capture and to encode with, and what `auto` would take.
#pragma once

#include "app/exit_code.h"

namespace fanlight::app {

/// Prints it; takes a few seconds, since every encoder is tried.
ExitCode runDevices();

}  // namespace fanlight::app
