// SPDX-License-Identifier: Apache-2.0
// Whether this process still does its work: threads that hang are told of, and where nothing else helps it is left to
// another process. Main thread.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/last_resort.h"
#include "gst/worker.h"

namespace fanlight::app {

class SelfWatch {
 public:
  using Workers = std::vector<const gst::Worker*>;

  explicit SelfWatch(const base::Clock& clock) : lastResort_(clock) {}

  /// Logs which of them hang and which have come back, once each.
  void tellStuck(const Workers& workers);
  bool isAnyStuck() const { return !stuck_.empty(); }
  /// Whether this process is to leave for another one, for `faults` or because one of `workers` hangs.
  bool mustLeave(const Workers& workers, std::vector<service::Fault> faults);
  /// By what was restarted, since the machine started.
  telemetry::Counts restarts() const { return lastResort_.taken(); }

 private:
  void tell(const gst::Worker& worker);

  std::set<std::string> stuck_;  ///< those that have been told of
  LastResort lastResort_;
};

}  // namespace fanlight::app
