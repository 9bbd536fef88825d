// SPDX-License-Identifier: Apache-2.0
// What the kernel tells of the group of processes that ours is in (admin-guide/cgroup-v2.rst). Any thread.
#pragma once

#include <string>

namespace fanlight::health {

/// A file of this process's own control group, as "memory.pressure"; empty: there is none, as in the root group.
std::string controlGroupFile(const std::string& name);

}  // namespace fanlight::health
