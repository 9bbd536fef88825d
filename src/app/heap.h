// SPDX-License-Identifier: Apache-2.0
// The heap of a process in which viewers, and some ten threads with each, come and go for years.
#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"

namespace fanlight::app {

/// To be called before anything is started, with the arguments of main(): it may start the program anew, under the same
/// process id.
void prepareHeap(char** argv);

/// Gives what is free back to the system. Takes some milliseconds: for moments at which nobody waits.
void trimHeap();

/// When to trim. Viewers, and pipelines of cameras, leave a heap of free memory behind, which a small board has better
/// use for: it is given back as soon as nothing is left of them, and a minute after one has gone where others go on.
class HeapTrimming {
 public:
  static constexpr base::Duration kPause = std::chrono::minutes(1);

  /// To be asked now and then. `left`: a number that grows with each that goes.
  bool isDue(bool isIdle, std::uint64_t left, base::TimePoint now);

 private:
  bool wasIdle_ = true;
  std::uint64_t left_ = 0;
  std::optional<base::TimePoint> since_;  ///< when the first has gone that was not trimmed for
};

}  // namespace fanlight::app
