// SPDX-License-Identifier: Apache-2.0
// Whether memory is so short that work waits for it (the kernel's pressure stall information). Any thread.
#pragma once

#include <optional>
#include <string>

#include "health/surroundings.h"

namespace fanlight::health {

/// Of the last ten seconds, in which something waited for memory: pressure begins above the first and is over below the
/// second.
struct PressureShares {
  double begins = 0.10;
  double ends = 0.02;
};

/// The share of the last ten seconds in which some task waited ("some avg10", kernel: accounting/psi.rst); none: the
/// text says no such thing.
std::optional<double> readPressure(const std::string& text);

/// The file of this process's control group, else the machine's; empty: this kernel counts nothing.
std::string pressureFile();

/// "memory-pressure", "memory-enough".
Watch watchMemory(std::string file, PressureShares shares = {});

}  // namespace fanlight::health
