// SPDX-License-Identifier: Apache-2.0
#include "config/settings.h"

#include <algorithm>

#include "base/ice_url.h"

namespace fanlight::config {

bool relaysForDevice(const IceServer& server) {
  const auto relays = [](const std::string& text) {
    const auto url = base::parseIceUrl(text);
    return url && url->scheme == base::IceUrl::Scheme::Turn;
  };
  // Of what a service will name nobody knows.
  return server.usedBy != IceUser::Viewers && (!server.service.empty() || std::ranges::any_of(server.urls, relays));
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
