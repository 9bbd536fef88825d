// SPDX-License-Identifier: Apache-2.0
#include "config/settings.h"

#include <algorithm>

#include "base/ice_url.h"

namespace fanlight::config {

bool relaysForDevice(const IceServer& server) {
  return server.usedBy != IceUser::Viewers && std::ranges::any_of(server.urls, [](const std::string& text) {
           const auto url = base::parseIceUrl(text);
           return url && url->scheme == base::IceUrl::Scheme::Turn;
         });
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
