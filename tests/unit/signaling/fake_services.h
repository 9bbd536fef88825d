// SPDX-License-Identifier: Apache-2.0
// What endpoints work with, on the real core with fake ports.
#pragma once

#include <utility>

#include "session/fakes.h"
#include "signaling/endpoint.h"

namespace fanlight::signaling {

/// `core` outlives them.
inline Services servicesOf(test::FakeCore& core, DeviceInfo device) {
  return {core.registry, core.catalogue, core.troubles,   core.rings, core.outputs,     core.access,
          core.commands, core.pairing,   core.iceServers, core.clock, std::move(device)};
}

}  // namespace fanlight::signaling
