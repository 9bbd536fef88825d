// SPDX-License-Identifier: Apache-2.0
// Which device is meant, and the fragment that uses it.
#include "audio/device_fragment.h"

#include <algorithm>

#include <fmt/format.h>

#include "audio/sound_devices.h"
#include "gst/fragment.h"

namespace fanlight::audio {
namespace {

/// One side of a sound device.
struct Side {
  Way way;
  const char* role;  ///< of its fragments
  const char* noun;
  const char* test;  ///< what the one for tests is
};

constexpr Side kMicrophone{Way::In, "microphone", "microphone", "test tone"};
constexpr Side kSpeaker{Way::Out, "speaker", "speaker", "nobody (a test)"};

base::Result<DeviceFragment> render(const Side& side, std::string_view name, const std::string& device,
                                    std::string what) {
  gst::FragmentValues values;
  if (name != "test")
    values.emplace("device", device);
  return gst::renderFragment(side.role, name, values).map([&what](std::string description) {
    return DeviceFragment{std::move(description), std::move(what)};
  });
}

base::Result<DeviceFragment> findAlsa(const Side& side, const std::string& device) {
  const auto devices = listAlsaDevices(side.way);
  if (devices.empty() && device.empty())
    return base::fail(base::ErrorCode::NotFound, fmt::format("there is no {}", side.noun));
  // One that is not listed may be ALSA's own invention, as plugins in asound.conf are.
  const auto known = device.empty() ? devices.begin() : std::ranges::find(devices, device, &SoundDevice::device);
  const std::string& chosen = device.empty() ? devices.front().device : device;
  const std::string name = known == devices.end() ? "" : fmt::format(" ({})", known->name);
  return render(side, "alsa", chosen, fmt::format("ALSA '{}'{}", chosen, name));
}

base::Result<DeviceFragment> findPulse(const Side& side, const std::string& device) {
  // Empty: the server's default.
  return render(side, "pulse", device,
                device.empty() ? "PulseAudio's default" : fmt::format("PulseAudio '{}'", device));
}

base::Result<DeviceFragment> find(const Side& side, config::SoundKind kind, const std::string& device) {
  switch (kind) {
    case config::SoundKind::Auto:
      return hasPulseServer() ? findPulse(side, "") : findAlsa(side, "");
    case config::SoundKind::Alsa:
      return findAlsa(side, device);
    case config::SoundKind::Pulse:
      return findPulse(side, device);
    case config::SoundKind::Test:
      return render(side, "test", "", side.test);
    case config::SoundKind::None:
      break;
  }
  return base::fail(base::ErrorCode::Internal, fmt::format("a {} of no kind", side.noun));
}

}  // namespace

base::Result<DeviceFragment> findMicrophone(const config::Audio& settings) {
  return find(kMicrophone, settings.microphone, settings.microphoneDevice);
}

base::Result<DeviceFragment> findSpeaker(const config::Audio& settings) {
  return find(kSpeaker, settings.speaker, settings.speakerDevice);
}

}  // namespace fanlight::audio
