// SPDX-License-Identifier: Apache-2.0
// The camera, what it is told, and the fragment that reads it.
#include "media/libcamera_source.h"

#include <fmt/format.h>

#include "gst/element.h"
#include "gst/fragment.h"
#include "media/libcamera_controls.h"
#include "media/libcamera_mode.h"

namespace fanlight::media {
namespace {

constexpr LibcameraVersion kTakesControls{0, 4, 0};

base::Result<gst::Properties> propertiesOf(const LibcameraDevice& device, const LibcameraVersion& version,
                                           const config::Controls& wanted) {
  if (wanted.empty())
    return gst::Properties();
  const auto element = gst::makeElement("libcamerasrc");
  if (!element)
    return tl::unexpected(element.error());
  auto properties = toProperties(device.id, element->get(), wanted);
  if (properties || version >= kTakesControls)
    return properties;
  return base::fail(properties.error().code,
                    fmt::format("{}; this is libcamera {}, and {} and later take controls", properties.error().message,
                                toText(version), toText(kTakesControls)));
}

base::Result<CaptureSource> openDevice(ClaimedLibcamera camera, const config::Camera& settings) {
  const LibcameraVersion version = installedLibcamera().value_or(LibcameraVersion());
  auto properties = propertiesOf(camera.device, version, settings.controls);
  if (!properties)
    return tl::unexpected(properties.error());
  const Widths widths = libcameraWidths();
  const auto chosen = chooseLibcameraMode(camera.device.caps.get(), settings.resolution(), widths);
  if (!chosen)
    return base::fail(base::ErrorCode::Unsupported, fmt::format("'{}' has no mode that we can read", camera.device.id));
  auto description = gst::renderFragment("capture", "libcamera",
                                         {{"device", camera.device.id},
                                          {"properties", std::move(*properties)},
                                          {"caps", toCapsText(*chosen, settings.frameRate)}});
  if (!description)
    return tl::unexpected(description.error());
  const bool mayBeAskew = widths == Widths::Plain && !isPlain(chosen->resolution.width);
  const std::string what =
      fmt::format("libcamera {}, '{}', {}{}", toText(version), camera.device.id, chosen->format,
                  mayBeAskew ? ", which this version may show askew, and no other width is there" : "");
  return turned(
      {std::move(*description), what, CaptureMode{CaptureMode::Format::Raw, chosen->resolution, settings.frameRate},
       std::move(camera.claim), CaptureSource::Kind::Device, true, &libcameraTurn()},
      orientationOf(settings));
}

}  // namespace

base::Result<ClaimedLibcamera> claimLibcamera(std::vector<LibcameraDevice> devices, const config::Camera& settings,
                                              DeviceClaims& claims) {
  const std::string& wanted = settings.foundAs.empty() ? settings.device : settings.foundAs;
  bool isTaken = false;
  for (LibcameraDevice& device : devices) {
    if (wanted.empty() ? device.isUsbCamera : wanted != device.id)
      continue;
    if (device.isUsbCamera)
      return base::fail(base::ErrorCode::Unsupported,
                        fmt::format("'{}' is a USB camera, which source 'v4l2' is for", device.id));
    if (auto claim = claims.claim(device.id))
      return ClaimedLibcamera{std::move(device), std::move(claim)};
    isTaken = true;
  }
  const std::string named = wanted.empty() ? "" : fmt::format(" '{}'", wanted);
  if (isTaken)
    return base::fail(base::ErrorCode::Busy,
                      fmt::format("libcamera's camera{} is used by another camera entry", named));
  return base::fail(base::ErrorCode::NotFound, fmt::format("libcamera finds no camera{}", named));
}

base::Result<CaptureSource> openLibcamera(const config::Camera& settings, DeviceClaims& claims) {
  auto devices = listLibcameraDevices();
  if (!devices)
    return tl::unexpected(devices.error());
  auto camera = claimLibcamera(std::move(*devices), settings, claims);
  return camera ? openDevice(std::move(*camera), settings) : tl::unexpected(camera.error());
}

}  // namespace fanlight::media
