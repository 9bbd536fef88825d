// SPDX-License-Identifier: Apache-2.0
// A line of a GPIO chip that drives something: a relay, a chime, a lamp. Main thread; blocks no longer than the chip's
// bus.
#pragma once

#include <memory>

#include "base/result.h"
#include "config/settings.h"

namespace fanlight::doorbell {

class OutputLine {
 public:
  virtual ~OutputLine() = default;
  /// False: the chip is gone.
  virtual bool set(bool isActive) = 0;
};

/// Unavailable: there is no such chip or line, it may not be opened, or somebody else has it.
using OpenedOutputLine = base::Result<std::unique_ptr<OutputLine>>;

/// What the settings say, inactive.
OpenedOutputLine openOutputLine(const config::Output& output);

}  // namespace fanlight::doorbell
