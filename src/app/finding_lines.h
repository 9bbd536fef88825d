// SPDX-License-Identifier: Apache-2.0
// What the doctor says, on a terminal.
#pragma once

#include "session/finding.h"

namespace fanlight::app {

/// One or two lines each, on standard output, at once.
void print(const session::Findings& findings);

bool isBroken(const session::Findings& findings);

}  // namespace fanlight::app
