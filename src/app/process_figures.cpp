// SPDX-License-Identifier: Apache-2.0
// No file beside the process's own is read: the service's sandbox shows no other (ProcSubset=pid).
#include "app/process_figures.h"

#include <charconv>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

#include "glib/atomic_file.h"

namespace fanlight::app {
namespace {

using Seconds = std::chrono::duration<double>;

// The fields of proc(5), from 1 on; the first two, a number and a name, may hold spaces and are left out.
enum Field { State = 3, Threads = 20, StartTime = 22, VirtualSize = 23, ResidentPages = 24 };

/// Of one line of numbers and a short name.
constexpr std::size_t kMaxStatBytes = 4096;

/// A difference that is the reading's alone.
constexpr Seconds kSameStart{0.5};

Seconds now(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return Seconds(static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9);
}

std::vector<std::string_view> splitAtSpaces(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0)
      words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::uint64_t countDescriptors() {
  std::error_code error;
  std::uint64_t count = 0;
  for (auto entry = std::filesystem::directory_iterator("/proc/self/fd", error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
    ++count;
  // One of them was the folder itself.
  return count > 0 ? count - 1 : 0;
}

}  // namespace

std::optional<ProcessStat> parseProcessStat(std::string_view text) {
  const std::size_t name = text.rfind(") ");
  if (name == std::string_view::npos)
    return std::nullopt;
  const auto words = splitAtSpaces(text.substr(name + 2));
  if (words.size() <= ResidentPages - State)
    return std::nullopt;
  bool isWhole = true;
  const auto number = [&words, &isWhole](Field field) {
    const std::string_view word = words[static_cast<std::size_t>(field) - State];
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    isWhole = isWhole && error == std::errc() && end == word.data() + word.size();
    return value;
  };
  const ProcessStat stat{number(Threads), number(StartTime), number(VirtualSize), number(ResidentPages)};
  return isWhole ? std::optional(stat) : std::nullopt;
}

std::optional<telemetry::ProcessFigures> ProcessMeter::read() {
  const auto stat = parseProcessStat(glib::readOrEmpty("/proc/self/stat", kMaxStatBytes));
  if (!stat)
    return std::nullopt;
  telemetry::ProcessFigures figures;
  figures.cpu = now(CLOCK_PROCESS_CPUTIME_ID);
  figures.startedAt = startedAt(stat->startTicks);
  figures.residentBytes = stat->residentPages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  figures.virtualBytes = stat->virtualBytes;
  figures.threads = stat->threads;
  figures.descriptors = countDescriptors();
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0)
    figures.maxDescriptors = limit.rlim_cur;
  return figures;
}

Seconds ProcessMeter::startedAt(std::uint64_t ticks) {
  const Seconds sinceBoot(static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK)));
  const Seconds start = now(CLOCK_REALTIME) - now(CLOCK_BOOTTIME) + sinceBoot;
  // Two clocks that are read one after the other are never apart by the same; whoever reads it would see a restart.
  if (!told_ || std::abs((start - *told_).count()) > kSameStart.count())
    told_ = start;
  return *told_;
}

}  // namespace fanlight::app
