// SPDX-License-Identifier: Apache-2.0
// When this process gives up on itself, for whoever supervises it to start another. Main thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "service/escalation.h"
#include "telemetry/figures.h"

namespace fanlight::app {

class LastResort {
 public:
  /// Does nothing where nobody would start another process, or nothing could be counted.
  explicit LastResort(const base::Clock& clock);

  /// Whether this process is to leave, for another one. Where the machine is to be restarted that has been asked for.
  bool mustLeave(const std::vector<service::Fault>& faults);
  /// By what was restarted, since the machine started; empty where nothing is counted.
  telemetry::Counts taken() const;

 private:
  /// False: it cannot be taken, which is logged.
  bool take(service::Escalation::Step step, const service::Fault& fault);
  /// Counts it, and asks whom it needs. Fails with Unavailable.
  base::Result<> prepare(service::Escalation::Step step, const service::Fault& fault);

  const base::Clock& clock_;
  std::string folder_;
  std::optional<service::Escalation> escalation_;
  bool isHindered_ = false;  ///< the last step could not be taken, which was said
};

}  // namespace fanlight::app
