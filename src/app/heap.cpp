// SPDX-License-Identifier: Apache-2.0
// Both settings were chosen by the figures of tests/churn and tools/bench.
#include "app/heap.h"

#include <cstdlib>
#include <filesystem>

#include <glib.h>
#include <malloc.h>
#include <unistd.h>

namespace fanlight::app {
namespace {

// glibc's own limit is eight for each core, and what is free in one arena is of no use to the threads of another.
constexpr int kArenas = 2;

}  // namespace

void prepareHeap(char** argv) {
  ::mallopt(M_ARENA_MAX, kArenas);
  // Up to 2.74 GLib has an allocator of its own, which keeps some 60 kB of each viewer that has come and gone. It looks
  // for this variable while it is loaded, so the one way to set it is to begin again. Where that fails, we go on as we
  // are.
  constexpr const char* kSwitch = "G_SLICE";
  if (!glib_check_version(2, 76, 0) || ::getenv(kSwitch))
    return;
  // By its own path, for the kernel names the process by the last part of it.
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error && ::setenv(kSwitch, "always-malloc", 0) == 0)
    ::execv(program.c_str(), argv);
}

void trimHeap() {
  ::malloc_trim(0);
}

bool HeapTrimming::isDue(bool isIdle, std::uint64_t left, base::TimePoint now) {
  const bool hasComeToRest = isIdle && !wasIdle_;
  wasIdle_ = isIdle;
  if (left != left_ && !since_)
    since_ = now;
  left_ = left;
  if (!hasComeToRest && (!since_ || now - *since_ < kPause))
    return false;
  since_.reset();
  return true;
}

}  // namespace fanlight::app
