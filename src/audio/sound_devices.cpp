// SPDX-License-Identifier: Apache-2.0
// What a provider's devices would have set up is read from the elements that they make.
#include "audio/sound_devices.h"

#include <cstdlib>
#include <filesystem>

#include "gst/element.h"

namespace fanlight::audio {

std::vector<SoundDevice> listAlsaDevices(Way way) {
  const auto provider =
      gst::Ref<GstDeviceProvider>::adopt(gst_device_provider_factory_get_by_name("alsadeviceprovider"));
  std::vector<SoundDevice> devices;
  if (!provider)
    return devices;
  for (const auto& device : gst::takeList<GstDevice>(gst_device_provider_get_devices(provider.get()))) {
    if (!gst_device_has_classes(device.get(), way == Way::In ? "Audio/Source" : "Audio/Sink"))
      continue;
    if (const auto element = gst::Ref<GstElement>::sink(gst_device_create_element(device.get(), nullptr)))
      devices.push_back(
          {gst::getText(element.get(), "device"), glib::takeString(gst_device_get_display_name(device.get()))});
  }
  return devices;
}

// pulse-client.conf(5): a client that finds no server may start one, which is nothing that a daemon should do.
bool hasPulseServer() {
  if (const char* server = std::getenv("PULSE_SERVER"); server && *server)
    return true;
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  std::error_code unreadable;
  return runtime && std::filesystem::exists(std::filesystem::path(runtime) / "pulse/native", unreadable);
}

}  // namespace fanlight::audio
