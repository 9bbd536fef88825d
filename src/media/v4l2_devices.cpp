// SPDX-License-Identifier: Apache-2.0
// Devices as GStreamer's provider tells them.
#include "media/v4l2_devices.h"

#include <algorithm>
#include <filesystem>
#include <tuple>

#include <fmt/format.h>
#include <linux/videodev2.h>

#include "gst/element.h"
#include "media/device_node.h"

namespace fanlight::media {
namespace {

std::string textOf(const GstStructure* properties, const char* name) {
  const char* text = properties ? gst_structure_get_string(properties, name) : nullptr;
  return text ? text : "";
}

V4l2Device describe(GstDevice* device) {
  const glib::Owned<GstStructure> properties(gst_device_get_properties(device));
  V4l2Device described;
  described.path = textOf(properties.get(), "device.path");
  described.bus = textOf(properties.get(), "v4l2.device.bus_info");
  described.name = glib::takeString(gst_device_get_display_name(device));
  guint capabilities = 0;
  if (properties)
    gst_structure_get_uint(properties.get(), "v4l2.device.device_caps", &capabilities);
  described.isPartOfCamera = (capabilities & V4L2_CAP_IO_MC) != 0;
  described.caps = gst::Ref<GstCaps>::adopt(gst_device_get_caps(device));
  return described;
}

bool isSameNode(const std::string& one, const std::string& other) {
  struct stat first {};
  struct stat second {};
  return ::stat(one.c_str(), &first) == 0 && ::stat(other.c_str(), &second) == 0 && isSameDevice(first, second);
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
  return identify(std::move(devices));
}

std::vector<V4l2Device> identify(std::vector<V4l2Device> devices) {
  // The shorter path first: /dev/video10 comes after /dev/video9.
  std::ranges::sort(devices, {}, [](const V4l2Device& device) { return std::tuple(device.path.size(), device.path); });
  std::map<std::string, int> seen;
  for (V4l2Device& device : devices) {
    const std::string id = fmt::format("{} at {}", device.name, device.bus.empty() ? device.path : device.bus);
    const int number = ++seen[id];
    device.id = number == 1 ? id : fmt::format("{} ({})", id, number);
  }
  return devices;
}

V4l2Lookout::Nodes V4l2Lookout::nodes() const {
  Nodes nodes;
  std::error_code unreadable;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, unreadable)) {
    struct stat node {};
    if (entry.path().filename().string().starts_with("video") && ::stat(entry.path().c_str(), &node) == 0)
      nodes[entry.path()] = node.st_ctim.tv_sec * 1'000'000'000LL + node.st_ctim.tv_nsec;
  }
  return nodes;
}

std::optional<std::vector<V4l2Device>> V4l2Lookout::look() {
  Nodes now = nodes();
  if (last_ == now)
    return std::nullopt;
  last_ = std::move(now);
  return listV4l2Devices();
}

bool hasCameraForLibcamera(const std::vector<V4l2Device>& devices) {
  return std::ranges::any_of(devices, &V4l2Device::isPartOfCamera);
}

bool isMeant(const V4l2Device& device, const config::Camera& settings) {
  if (!settings.foundAs.empty())
    return settings.foundAs == device.id;
  if (settings.device.empty())
    return !device.isPartOfCamera;
  return settings.device == device.path || isSameNode(settings.device, device.path);
}

}  // namespace fanlight::media
