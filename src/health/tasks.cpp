// SPDX-License-Identifier: Apache-2.0
// The unit cannot read our configuration, so that we tell of one that does not go with it.
#include "health/tasks.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "glib/atomic_file.h"
#include "health/control_group.h"

namespace fanlight::health {

std::optional<int> taskLimit(const std::string& file) {
  constexpr std::size_t kMaxBytes = 64;
  const std::string text = glib::readOrEmpty(file, kMaxBytes);
  int limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  return error == std::errc() ? std::optional(limit) : std::nullopt;
}

std::optional<int> taskLimit() {
  return taskLimit(controlGroupFile("pids.max"));
}

int viewersWithin(int limit) {
  return std::max(1, (limit - kOwnTasks) / kTasksPerViewer);
}

std::optional<std::string> adviceOnTasks(int limit, int viewers) {
  const int needed = kOwnTasks + viewers * kTasksPerViewer;
  if (limit >= needed)
    return std::nullopt;
  return fmt::format(
      "the service may have {} threads, enough for {} viewers and not for 'viewers = {}': no more are let in; set "
      "'TasksMax={}' by 'systemctl edit fanlight', or fewer viewers",
      limit, viewersWithin(limit), viewers, needed);
}

}  // namespace fanlight::health
