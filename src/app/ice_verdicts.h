// SPDX-License-Identifier: Apache-2.0
// What the doctor makes of what it has seen of the network: pure.
#pragma once

#include <vector>

#include "app/finding.h"
#include "app/ice_facts.h"

namespace fanlight::app {

/// Each server, then the network as a whole.
std::vector<Finding> judge(const IceFacts& facts);

}  // namespace fanlight::app
