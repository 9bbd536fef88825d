// SPDX-License-Identifier: Apache-2.0
#include "app/sound.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/camera_state.h"

namespace fanlight::app {
namespace {

/// The one that is of the camera's [[audio]]; nullptr where there is none.
template <class Device>
Device* find(const std::vector<std::unique_ptr<Device>>& devices, const config::Audio* audio) {
  const auto device =
      std::ranges::find_if(devices, [audio](const auto& one) { return audio && one->settings().id == audio->id; });
  return device == devices.end() ? nullptr : device->get();
}

template <class Device>
std::optional<session::SoundDeviceInfo> describe(const Device* device) {
  if (!device)
    return std::nullopt;
  return session::SoundDeviceInfo{toCameraState(device->state()), device->reason()};
}

template <class Device>
std::optional<std::string> neglectedOf(const std::vector<std::unique_ptr<Device>>& devices, std::string_view what) {
  const auto device = std::ranges::find_if(devices, [](const auto& one) { return one->isNeglected(); });
  if (device == devices.end())
    return std::nullopt;
  return fmt::format("the {} of '{}' is wanted and not looked after", what, (*device)->settings().id.value());
}

}  // namespace

Sound::Sound(const std::vector<config::Audio>& settings, const audio::SoundServices& services,
             const std::function<void()>& onChange)
    : settings_(settings) {
  for (const config::Audio& one : settings) {
    const bool hasMicrophone = one.microphone != config::SoundKind::None;
    const bool hasSpeaker = one.speaker != config::SoundKind::None;
    const auto reference = hasMicrophone && hasSpeaker ? std::make_shared<audio::EchoReference>() : nullptr;
    if (hasMicrophone)
      microphones_.push_back(std::make_unique<audio::Microphone>(one, services, reference, onChange));
    if (hasSpeaker)
      speakers_.push_back(std::make_unique<audio::Speaker>(one, services, reference, onChange));
  }
}

audio::Microphone* Sound::microphoneOf(const config::Camera& camera) const {
  return find(microphones_, config::audioOf(camera, settings_));
}

audio::Speaker* Sound::speakerOf(const config::Camera& camera) const {
  return find(speakers_, config::audioOf(camera, settings_));
}

std::optional<session::AudioInfo> Sound::info(const config::Camera& camera) const {
  const config::Audio* audio = config::audioOf(camera, settings_);
  if (!audio)
    return std::nullopt;
  session::AudioInfo info{audio->id, describe(microphoneOf(camera)), describe(speakerOf(camera)), {}};
  return info.microphone || info.speaker ? std::optional(std::move(info)) : std::nullopt;
}

std::vector<const gst::Worker*> Sound::workers() const {
  std::vector<const gst::Worker*> workers;
  for (const auto& microphone : microphones_)
    workers.push_back(&microphone->worker());
  for (const auto& speaker : speakers_)
    workers.push_back(&speaker->worker());
  return workers;
}

std::optional<std::string> Sound::neglected() const {
  const auto microphone = neglectedOf(microphones_, "microphone");
  return microphone ? microphone : neglectedOf(speakers_, "speaker");
}

void Sound::close() {
  const auto closeAll = [this](const auto& devices, const char* name) {
    for (const auto& device : devices) {
      const std::string what = fmt::format("the {} of '{}'", name, device->settings().id.value());
      unclosed_.insert(what);
      device->close(lifetime_.bind([this, what] { unclosed_.erase(what); }));
    }
  };
  closeAll(microphones_, "microphone");
  closeAll(speakers_, "speaker");
}

}  // namespace fanlight::app
