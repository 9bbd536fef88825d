// SPDX-License-Identifier: Apache-2.0
#include "config/settings.h"

#include <algorithm>

#include "base/ice_url.h"

namespace fanlight::config {

bool relaysForDevice(const IceServer& server) {
  // Of what a service will name nobody knows.
  const bool relays = !server.service.empty() || !base::urlsOf(server.urls, base::IceUrl::Scheme::Turn).empty();
  return relays && server.usedBy != IceUser::Viewers;
}

const Audio* audioOf(const Camera& camera, const std::vector<Audio>& audios) {
  if (camera.audio.empty())
    return audios.size() == 1 ? &audios.front() : nullptr;
  const auto named = std::ranges::find(audios, camera.audio, &Audio::id);
  return named == audios.end() ? nullptr : &*named;
}

base::CameraId cameraOf(const base::CameraId& named, const std::vector<Camera>& cameras) {
  return named.empty() && cameras.size() == 1 ? cameras.front().id : named;
}

}  // namespace fanlight::config
