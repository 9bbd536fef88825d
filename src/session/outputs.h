// SPDX-License-Identifier: Apache-2.0
// What a device opens for who asks, such as a door: the port. Main thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/values.h"
#include "session/access.h"

namespace fanlight::session {

struct OutputInfo {
  base::OutputId id;
  std::string name;                      ///< for people
  std::optional<base::CameraId> camera;  ///< which shows what is opened; none: no camera does
  bool operator==(const OutputInfo&) const = default;
};

class Outputs {
 public:
  virtual ~Outputs() = default;
  /// Those that are opened for who asks. They stay the same.
  virtual const std::vector<OutputInfo>& outputs() const = 0;
  /// Opens one of those for as long as it is set to; nothing more comes of it where it is open already. Refused:
  /// Internal, where the device has lost what opens it. `name`: of who asks, for the log.
  virtual Answered<void> open(const base::OutputId& output, const std::string& name) = 0;
};

/// Whether `grant` may open it, and know of it: by its camera or, where it has none, by any.
inline bool mayOpen(const Access& access, const Grant& grant, const OutputInfo& output) {
  return access.check(grant, Right::Open, output.camera ? &*output.camera : nullptr).has_value();
}

}  // namespace fanlight::session
