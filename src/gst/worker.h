// SPDX-License-Identifier: Apache-2.0
// A thread for what may block: state changes, probes, teardown. The main thread only ever posts to it.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/clock.h"

namespace fanlight::gst {

/// A state change that takes longer than this is reported as stuck.
inline constexpr base::Duration kStuckAfter = std::chrono::seconds(5);

/// Runs its tasks in order. run(), busyFor() and isStuck() from any thread.
class Worker {
 public:
  /// `name` is the thread's, as `top -H` shows it: at most 15 characters.
  explicit Worker(std::string name);
  /// One that measures by `clock`, which outlives it.
  Worker(std::string name, const base::Clock& clock);
  /// Waits for the tasks that are queued.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void run(std::function<void()> task);
  /// How long the present task has been running; none where it idles.
  std::optional<base::Duration> busyFor() const;
  /// Whether that is longer than kStuckAfter.
  bool isStuck() const;
  const std::string& name() const { return name_; }

 private:
  void loop();

  const std::string name_;
  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  std::optional<base::TimePoint> taskBegan_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace fanlight::gst
