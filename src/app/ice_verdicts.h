// SPDX-License-Identifier: Apache-2.0
// What the doctor makes of what it has seen of the network: pure.
#pragma once

#include "app/ice_facts.h"
#include "session/finding.h"

namespace fanlight::app {

/// Each server, then the network as a whole.
session::Findings judge(const IceFacts& facts);

}  // namespace fanlight::app
