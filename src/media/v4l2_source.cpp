// SPDX-License-Identifier: Apache-2.0
// The device, what it is told, and the fragment that reads it.
#include "media/v4l2_source.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gst/fragment.h"
#include "media/device_holder.h"
#include "media/v4l2_devices.h"

namespace fanlight::media {
namespace {

constexpr std::string_view kHorizontalFlip = "horizontal_flip";
constexpr std::string_view kVerticalFlip = "vertical_flip";
/// V4L2_CID_EXPOSURE_AUTO_PRIORITY under the names that drivers give it.
constexpr std::array<std::string_view, 2> kSlowerInTheDark = {"exposure_dynamic_framerate", "exposure_auto_priority"};

bool has(const std::vector<V4l2Control>& known, std::string_view name) {
  return std::ranges::find(known, name, &V4l2Control::name) != known.end();
}

/// What the settings ask for by other names than the camera's; those that are set by their own name come first.
void keepPace(const config::Camera& settings, const std::vector<V4l2Control>& known, ControlValues& values) {
  if (settings.minFrameRate < settings.frameRate.numerator)
    return;
  for (const std::string_view name : kSlowerInTheDark)
    if (has(known, name))
      values.emplace(name, 0);
}

struct Reading {
  std::string_view fragment;
  std::string_view what;
};
Reading readingOf(CaptureMode::Format format, bool isPassed) {
  switch (format) {
    case CaptureMode::Format::Raw:
      return {"v4l2-raw", "raw"};
    case CaptureMode::Format::Mjpeg:
      return {"v4l2-mjpeg", "MJPEG"};
    case CaptureMode::Format::H264:
      break;
  }
  return isPassed ? Reading{"v4l2-h264", "its own H.264"} : Reading{"v4l2-h264-decoded", "its own H.264, decoded"};
}

/// What else the camera gives comes before decoding its H.264.
std::optional<CaptureMode> modeOf(const V4l2Device& device, ModeWish wish) {
  auto mode = chooseMode(device.caps.get(), wish);
  if (mode || wish.mayBeH264)
    return mode;
  wish.mayBeH264 = true;
  return chooseMode(device.caps.get(), wish);
}

base::Result<CaptureSource> openDevice(const V4l2Device& device, DeviceClaims::Claim claim,
                                       const config::Camera& settings, bool mayPassOwnH264) {
  if (const auto isFree = checkIsFree(device.path); !isFree)
    return tl::unexpected(isFree.error());
  const auto controls = listV4l2Controls(device.path);
  if (!controls)
    return tl::unexpected(controls.error());
  auto values = toControlValues(device.path, *controls, settings.controls);
  if (!values)
    return tl::unexpected(values.error());
  keepPace(settings, *controls, *values);
  const Orientation left = turnByCamera(orientationOf(settings), *controls, *values);
  const bool mayPass = mayPassOwnH264 && settings.encoder == "auto" && left.isUpright();
  const auto mode = modeOf(device, wishOf(settings, mayPass));
  if (!mode)
    return base::fail(base::ErrorCode::Unsupported,
                      fmt::format("'{}' ({}) has no mode that we can read", device.path, device.name));
  const Reading reading = readingOf(mode->format, mayPass);
  auto fragment = valuesOf(*mode);
  fragment.emplace("device", device.path);
  fragment.emplace("controls", toExtraControls(*values));
  auto description = gst::renderFragment("capture", reading.fragment, fragment);
  if (!description)
    return tl::unexpected(description.error());
  CaptureSource source{std::move(*description), fmt::format("{} ({}), {}", device.path, device.name, reading.what),
                       *mode, std::move(claim), CaptureSource::Kind::Device};
  if (!mayPass && mode->format == CaptureMode::Format::H264)
    source.mode.format = CaptureMode::Format::Raw;
  return turned(std::move(source), left);
}

}  // namespace

Orientation turnByCamera(const Orientation& wanted, const std::vector<V4l2Control>& known, ControlValues& values) {
  if (!has(known, kHorizontalFlip) || !has(known, kVerticalFlip))
    return wanted;
  // Half a turn is both flips. A quarter is left to the CPU, and the mirror with it.
  const bool isHalf = wanted.rotate == 180;
  const bool canAll = !wanted.swapsSides();
  values.emplace(kHorizontalFlip, canAll && wanted.mirror != isHalf ? 1 : 0);
  values.emplace(kVerticalFlip, canAll && isHalf ? 1 : 0);
  return canAll ? Orientation{} : wanted;
}

base::Result<CaptureSource> openV4l2(const std::vector<V4l2Device>& devices, const config::Camera& settings,
                                     DeviceClaims& claims, bool mayPassOwnH264) {
  bool isTaken = false;
  for (const V4l2Device& device : devices) {
    if (!isMeant(device, settings))
      continue;
    if (auto claim = claims.claim(device.id))
      return openDevice(device, std::move(claim), settings, mayPassOwnH264);
    isTaken = true;
  }
  const std::string& wanted = settings.foundAs.empty() ? settings.device : settings.foundAs;
  const std::string named = wanted.empty() ? "" : fmt::format(" '{}'", wanted);
  if (isTaken)
    return base::fail(base::ErrorCode::Busy, fmt::format("the camera{} is used by another camera entry", named));
  return base::fail(base::ErrorCode::NotFound, fmt::format("no camera{} found", named));
}

}  // namespace fanlight::media
