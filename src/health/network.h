// SPDX-License-Identifier: Apache-2.0
// Whether anybody outside of this machine could reach it. Any thread.
#pragma once

#include "health/surroundings.h"

namespace fanlight::health {

/// Whether an interface other than loopback is up and has an address that others can use.
bool hasNetwork();

/// "network-lost", "network-back".
Watch watchNetwork();

}  // namespace fanlight::health
