// SPDX-License-Identifier: Apache-2.0
// Whether the service may have the threads that its viewers need. Any thread.
#pragma once

#include <optional>
#include <string>

namespace fanlight::health {

/// Of a viewer with sound and data channel (README.md, "Figures"), and of the daemon with some cameras.
inline constexpr int kTasksPerViewer = 10;
inline constexpr int kOwnTasks = 100;

/// How many threads the kernel gives this process's control group ("pids.max"; systemd: TasksMax=); none: as many as
/// it likes, or nothing says how many. `file` stands in for that file in tests.
std::optional<int> taskLimit(const std::string& file);
std::optional<int> taskLimit();

/// How many viewers there are threads for; at least one, or the device would be of no use.
int viewersWithin(int limit);

/// What to do where `limit` is too few for that many viewers; none: it is enough.
std::optional<std::string> adviceOnTasks(int limit, int viewers);

}  // namespace fanlight::health
