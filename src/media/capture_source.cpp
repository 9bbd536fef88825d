// SPDX-License-Identifier: Apache-2.0
// One function a kind of source; a new kind is one more and its fragment.
#include "media/capture_source.h"

#include <algorithm>

#include <fmt/format.h>

#include "gst/fragment.h"
#include "media/test_picture.h"
#include "media/v4l2_devices.h"
#include "media/video_file.h"

namespace fanlight::media {
namespace {

gst::FragmentValues valuesOf(const CaptureMode& mode) {
  return {{"width", std::int64_t{mode.resolution.width}},
          {"height", std::int64_t{mode.resolution.height}},
          {"framerate", mode.frameRate}};
}

base::Result<CaptureSource> openTestPicture(const config::Camera& settings) {
  const CaptureMode mode{CaptureMode::Format::Raw, settings.resolution(), settings.frameRate};
  const auto pattern = videotestsrcPattern(settings.pattern);
  if (!pattern)
    return base::fail(base::ErrorCode::InvalidArgument, fmt::format("no test pattern '{}'", settings.pattern));
  auto values = valuesOf(mode);
  values.emplace("pattern", *pattern);
  auto description = gst::renderFragment("capture", "test", values);
  if (!description)
    return tl::unexpected(description.error());
  return CaptureSource{std::move(*description), fmt::format("test picture '{}'", settings.pattern), mode, nullptr,
                       CaptureSource::Kind::Generated};
}

base::Result<CaptureSource> openDevice(const V4l2Device& device, DeviceClaims::Claim claim,
                                       const config::Camera& settings) {
  const auto mode = chooseMode(device.caps.get(), settings.resolution(), settings.frameRate);
  if (!mode)
    return base::fail(base::ErrorCode::Unsupported,
                      fmt::format("'{}' ({}) has no raw and no MJPEG mode", device.path, device.name));
  const bool isRaw = mode->format == CaptureMode::Format::Raw;
  auto values = valuesOf(*mode);
  values.emplace("device", device.path);
  auto description = gst::renderFragment("capture", isRaw ? "v4l2-raw" : "v4l2-mjpeg", values);
  if (!description)
    return tl::unexpected(description.error());
  return CaptureSource{std::move(*description),
                       fmt::format("{} ({}), {}", device.path, device.name, isRaw ? "raw" : "MJPEG"), *mode,
                       std::move(claim)};
}

base::Result<CaptureSource> openV4l2(const config::Camera& settings, DeviceClaims& claims) {
  bool isTaken = false;
  for (const V4l2Device& device : listV4l2Devices()) {
    if (!isMeant(device, settings))
      continue;
    if (auto claim = claims.claim(device.id))
      return openDevice(device, std::move(claim), settings);
    isTaken = true;
  }
  const std::string& wanted = settings.foundAs.empty() ? settings.device : settings.foundAs;
  const std::string named = wanted.empty() ? "" : fmt::format(" '{}'", wanted);
  if (isTaken)
    return base::fail(base::ErrorCode::Unavailable, fmt::format("the camera{} is used by another camera entry", named));
  return base::fail(base::ErrorCode::NotFound, fmt::format("no camera{} found", named));
}

base::Result<CaptureSource> openFile(const config::Camera& settings) {
  const auto file = inspectVideoFile(settings.file);
  if (!file)
    return tl::unexpected(file.error());
  const bool isPassed = file->mode.format == CaptureMode::Format::H264;
  auto description = gst::renderFragment("capture", isPassed ? "file-h264" : "file", {{"file", settings.file}});
  if (!description)
    return tl::unexpected(description.error());
  return CaptureSource{std::move(*description), fmt::format("'{}', {}", settings.file, file->codec), file->mode,
                       nullptr, CaptureSource::Kind::File};
}

}  // namespace

base::Result<CaptureSource> openCaptureSource(const config::Camera& settings, DeviceClaims& claims) {
  switch (settings.source) {
    case config::SourceKind::Test:
      return openTestPicture(settings);
    case config::SourceKind::File:
      return openFile(settings);
    case config::SourceKind::V4l2:
    case config::SourceKind::Auto:
      return openV4l2(settings, claims);
  }
  return base::fail(base::ErrorCode::Internal, "unknown kind of source");
}

}  // namespace fanlight::media
