// SPDX-License-Identifier: Apache-2.0
// What threads of this process have cost. Any thread; it reads files of the kernel's, one a thread.
#pragma once

#include <string_view>

#include "base/clock.h"

namespace fanlight::media {

/// CPU time of all threads that are called `name` ("enc3:src") and still run, since each began; proc(5), `stat`. A
/// thread has the name of the one that made it until somebody gives it another.
base::Duration cpuTimeOfThreads(std::string_view name);

}  // namespace fanlight::media
