// SPDX-License-Identifier: Apache-2.0
// /proc/self/task/*/stat.
#include "media/thread_time.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <unistd.h>

namespace fanlight::media {
namespace {

/// utime and stime, of the fields behind the name: proc(5) counts from 1, and the name is the second.
constexpr int kFieldsBefore = 11;

/// Clock ticks; none of a thread that is called otherwise, or has just ended.
std::int64_t ticksOf(const std::filesystem::path& file, std::string_view name) {
  std::ifstream stream(file);
  std::string line;
  // Of a thread that has ended since, reading fails (ESRCH), which the stream's own functions take as an end, and its
  // iterators throw.
  std::getline(stream, line, '\0');
  // A name may hold anything, a parenthesis as well.
  const std::size_t begin = line.find('(');
  const std::size_t end = line.rfind(')');
  if (end == std::string::npos || std::string_view(line).substr(begin + 1, end - begin - 1) != name)
    return 0;
  std::istringstream fields(line.substr(end + 1));
  std::string skipped;
  for (int i = 0; i < kFieldsBefore; ++i)
    fields >> skipped;
  std::int64_t user = 0;
  std::int64_t system = 0;
  fields >> user >> system;
  return fields ? user + system : 0;
}

}  // namespace

base::Duration cpuTimeOfThreads(std::string_view name) {
  std::int64_t ticks = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator task("/proc/self/task", error), end; task != end; task.increment(error))
    ticks += ticksOf(task->path() / "stat", name);
  return std::chrono::duration_cast<base::Duration>(
      std::chrono::duration<double>(static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK))));
}

}  // namespace fanlight::media
