// SPDX-License-Identifier: Apache-2.0
// Devices as GStreamer's provider tells them.
#include "media/v4l2_devices.h"

#include <algorithm>

#include "gst/element.h"

namespace fanlight::media {
namespace {

V4l2Device describe(GstDevice* device) {
  const glib::Owned<GstStructure> properties(gst_device_get_properties(device));
  V4l2Device described;
  if (const char* path = properties ? gst_structure_get_string(properties.get(), "device.path") : nullptr)
    described.path = path;
  described.name = glib::takeString(gst_device_get_display_name(device));
  described.caps = gst::Ref<GstCaps>::adopt(gst_device_get_caps(device));
  return described;
}

}  // namespace

std::vector<V4l2Device> listV4l2Devices() {
  const auto provider =
      gst::Ref<GstDeviceProvider>::adopt(gst_device_provider_factory_get_by_name("v4l2deviceprovider"));
  std::vector<V4l2Device> devices;
  if (!provider)
    return devices;
  for (const auto& device : gst::takeList<GstDevice>(gst_device_provider_get_devices(provider.get())))
    if (gst_device_has_classes(device.get(), "Video/Source"))
      devices.push_back(describe(device.get()));
  std::erase_if(devices, [](const V4l2Device& device) { return device.path.empty(); });
  std::ranges::sort(devices, {}, &V4l2Device::path);
  return devices;
}

}  // namespace fanlight::media
