// SPDX-License-Identifier: Apache-2.0
// Cameras in the order of the config.
#include "session/catalogue.h"

#include <algorithm>

namespace fanlight::session {

void Catalogue::put(const CameraInfo& camera) {
  const auto known = std::ranges::find(cameras_, camera.id, &CameraInfo::id);
  if (known != cameras_.end())
    *known = camera;
  else
    cameras_.push_back(camera);
  listeners_.tell(camera);
}

void Catalogue::setState(const base::CameraId& id, CameraState state, const std::string& reason) {
  const auto camera = std::ranges::find(cameras_, id, &CameraInfo::id);
  if (camera == cameras_.end() || (camera->state == state && camera->reason == reason))
    return;
  camera->state = state;
  camera->reason = reason;
  camera->cause.reset();
  listeners_.tell(CameraInfo(*camera));
}

const CameraInfo* Catalogue::find(const base::CameraId& id) const {
  const auto camera = std::ranges::find(cameras_, id, &CameraInfo::id);
  return camera == cameras_.end() ? nullptr : &*camera;
}

}  // namespace fanlight::session
