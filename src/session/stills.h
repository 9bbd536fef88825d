// SPDX-License-Identifier: Apache-2.0
// Port: single pictures of the cameras. Main thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/values.h"

namespace fanlight::session {

/// One picture as a JPEG file (JFIF).
struct Still {
  std::shared_ptr<const std::string> jpeg;  ///< null: there has been no picture yet
  base::TimePoint taken;
};

class Stills {
 public:
  /// NotFound: there is no such camera. Unavailable or Timeout: the camera gives no picture, with the reason.
  using Taken = std::function<void(base::Result<Still>)>;

  virtual ~Stills() = default;
  /// The newest picture, at most a second old; a camera that is off is started for it. `taken` is called once, now or
  /// later.
  virtual void take(const base::CameraId& camera, Taken taken) = 0;
  /// The last picture that there is, however old, if there has been one; wakes no camera.
  virtual void findLast(const base::CameraId& camera, Taken taken) = 0;
};

}  // namespace fanlight::session
