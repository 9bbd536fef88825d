// SPDX-License-Identifier: Apache-2.0
// Cameras in the order of the config, and who wants to hear of their changes.
#include "session/catalogue.h"

#include <algorithm>

namespace fanlight::session {

void Catalogue::put(const CameraInfo& camera) {
  const auto known = std::ranges::find(cameras_, camera.id, &CameraInfo::id);
  if (known != cameras_.end())
    *known = camera;
  else
    cameras_.push_back(camera);
  tell(camera);
}

void Catalogue::setState(const base::CameraId& id, CameraState state, const std::string& reason) {
  const auto camera = std::ranges::find(cameras_, id, &CameraInfo::id);
  if (camera == cameras_.end() || (camera->state == state && camera->reason == reason))
    return;
  camera->state = state;
  camera->reason = reason;
  camera->cause.reset();
  tell(CameraInfo(*camera));
}

const CameraInfo* Catalogue::find(const base::CameraId& id) const {
  const auto camera = std::ranges::find(cameras_, id, &CameraInfo::id);
  return camera == cameras_.end() ? nullptr : &*camera;
}

Catalogue::Subscription Catalogue::subscribe(Listener listener) {
  // Here as well, since connections come and go while no camera changes.
  dropEnded();
  auto held = std::make_shared<Listener>(std::move(listener));
  listeners_.push_back(held);
  return held;
}

void Catalogue::dropEnded() {
  listeners_.remove_if([](const std::weak_ptr<Listener>& listener) { return listener.expired(); });
}

void Catalogue::tell(const CameraInfo& camera) {
  dropEnded();
  // A copy, since a listener may subscribe or unsubscribe.
  const std::list<std::weak_ptr<Listener>> listeners = listeners_;
  for (const auto& listener : listeners)
    if (const auto held = listener.lock())
      (*held)(camera);
}

}  // namespace fanlight::session
