// SPDX-License-Identifier: Apache-2.0
// The addresses of this machine that media may go by. Any thread; asks the kernel.
#pragma once

#include <string>
#include <vector>

namespace fanlight::ice {

/// Those of all interfaces that run, but for the loopback, for addresses of a link alone, and for `excluded`, unless
/// such a one has the address `arrivedAt`: whoever came by it is reached by it. Empty where nothing is left.
std::vector<std::string> ownAddresses(const std::vector<std::string>& excluded, const std::string& arrivedAt);

}  // namespace fanlight::ice
