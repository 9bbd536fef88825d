// SPDX-License-Identifier: Apache-2.0
// Devices and modes. A mode is found by letting GStreamer fixate caps near the wanted ones, since a driver may list
// sizes and rates as single values, lists, ranges or stepped ranges.
#include "media/v4l2_devices.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "gst/element.h"

namespace fanlight::media {
namespace {

constexpr const char* kRaw = "video/x-raw";
constexpr const char* kMjpeg = "image/jpeg";

bool hasMode(const GstStructure* structure) {
  return gst_structure_has_field(structure, "width") && gst_structure_has_field(structure, "height") &&
         gst_structure_has_field(structure, "framerate");
}

std::optional<CaptureMode> fixateNear(const GstStructure* structure, base::Resolution wanted, base::FrameRate rate) {
  if (!hasMode(structure))
    return std::nullopt;
  const glib::Owned<GstStructure> fixed(gst_structure_copy(structure));
  gst_structure_fixate_field_nearest_int(fixed.get(), "width", wanted.width);
  gst_structure_fixate_field_nearest_int(fixed.get(), "height", wanted.height);
  gst_structure_fixate_field_nearest_fraction(fixed.get(), "framerate", rate.numerator, rate.denominator);
  CaptureMode mode;
  mode.format = gst_structure_has_name(structure, kRaw) ? CaptureMode::Format::Raw : CaptureMode::Format::Mjpeg;
  if (!gst_structure_get_int(fixed.get(), "width", &mode.resolution.width) ||
      !gst_structure_get_int(fixed.get(), "height", &mode.resolution.height) ||
      !gst_structure_get_fraction(fixed.get(), "framerate", &mode.frameRate.numerator, &mode.frameRate.denominator))
    return std::nullopt;
  return mode;
}

bool isReadable(const GstCaps* caps, guint index) {
  const GstStructure* structure = gst_caps_get_structure(caps, index);
  if (!gst_structure_has_name(structure, kRaw) && !gst_structure_has_name(structure, kMjpeg))
    return false;
  const GstCapsFeatures* features = gst_caps_get_features(caps, index);
  return !features || gst_caps_features_is_equal(features, GST_CAPS_FEATURES_MEMORY_SYSTEM_MEMORY);
}

auto distance(const CaptureMode& mode, base::Resolution wanted, base::FrameRate rate) {
  const int pixels = std::abs(mode.resolution.width * mode.resolution.height - wanted.width * wanted.height);
  const double slower = std::max(0.0, rate.perSecond() - mode.frameRate.perSecond());
  const double faster = std::max(0.0, mode.frameRate.perSecond() - rate.perSecond());
  return std::tuple(mode.resolution != wanted, slower, pixels, faster, mode.format != CaptureMode::Format::Raw);
}

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

std::optional<CaptureMode> chooseMode(const GstCaps* caps, base::Resolution wanted, base::FrameRate rate) {
  std::optional<CaptureMode> best;
  for (guint i = 0; i < gst_caps_get_size(caps); ++i) {
    if (!isReadable(caps, i))
      continue;
    const auto mode = fixateNear(gst_caps_get_structure(caps, i), wanted, rate);
    if (mode && (!best || distance(*mode, wanted, rate) < distance(*best, wanted, rate)))
      best = mode;
  }
  return best;
}

}  // namespace fanlight::media
