// SPDX-License-Identifier: Apache-2.0
// Who looks whether what the device hangs on works: the port. Main thread.
#pragma once

#include <string>

#include "session/finding.h"

namespace fanlight::session {

/// The last one that was asked for.
struct CheckUp {
  enum class State { None, Running, Done };
  State state = State::None;
  Findings findings;  ///< so far
};

class Doctor {
 public:
  virtual ~Doctor() = default;
  /// A new check-up; where one is under way, that one is for who asks now as well. It takes up to a minute, wakes each
  /// camera, and asks each ICE server. `name`: of who asks, for the log.
  virtual void begin(const std::string& name) = 0;
  virtual const CheckUp& checkUp() const = 0;
};

}  // namespace fanlight::session
