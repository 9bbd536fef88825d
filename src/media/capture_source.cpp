// SPDX-License-Identifier: Apache-2.0
// One function a kind of source; a new kind is one more and its fragment.
#include "media/capture_source.h"

#include <fmt/format.h>

#include "gst/fragment.h"
#include "media/libcamera_source.h"
#include "media/test_picture.h"
#include "media/v4l2_devices.h"
#include "media/v4l2_source.h"
#include "media/video_file.h"

namespace fanlight::media {
namespace {

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
  return turned({std::move(*description), fmt::format("test picture '{}'", settings.pattern), mode, nullptr,
                 CaptureSource::Kind::Generated},
                orientationOf(settings));
}

base::Result<CaptureSource> openFile(const config::Camera& settings) {
  auto file = inspectVideoFile(settings.file);
  if (!file)
    return tl::unexpected(file.error());
  const Orientation orientation = orientationOf(settings);
  if (!orientation.isUpright())
    file->mode.format = CaptureMode::Format::Raw;
  const bool isPassed = file->mode.format == CaptureMode::Format::H264;
  auto description = gst::renderFragment("capture", isPassed ? "file-h264" : "file", {{"file", settings.file}});
  if (!description)
    return tl::unexpected(description.error());
  return turned({std::move(*description), fmt::format("'{}', {}", settings.file, file->codec), file->mode, nullptr,
                 CaptureSource::Kind::File},
                orientation);
}

/// V4L2 first: what it gives by itself costs less, and libcamera is loaded only where the kernel has a camera for it.
base::Result<CaptureSource> openAny(const config::Camera& settings, DeviceClaims& claims, bool mayPassOwnH264) {
  const std::vector<V4l2Device> devices = listV4l2Devices();
  auto source = openV4l2(devices, settings, claims, mayPassOwnH264);
  if (source || !settings.device.empty() || !hasCameraForLibcamera(devices))
    return source;
  auto other = openLibcamera(settings, claims);
  return other || source.error().code == base::ErrorCode::NotFound ? std::move(other) : std::move(source);
}

}  // namespace

Orientation orientationOf(const config::Camera& settings) {
  return {settings.rotate, settings.mirror};
}

ModeWish wishOf(const config::Camera& settings, bool mayBeH264) {
  return {settings.resolution(), settings.frameRate, settings.minFrameRate, mayBeH264};
}

gst::FragmentValues valuesOf(const CaptureMode& mode) {
  return {{"width", std::int64_t{mode.resolution.width}},
          {"height", std::int64_t{mode.resolution.height}},
          {"framerate", mode.frameRate}};
}

CaptureSource turned(CaptureSource source, const Orientation& orientation) {
  source.description += renderTurn(orientation);
  source.mode.resolution = orientation.turned(source.mode.resolution);
  return source;
}

base::Result<CaptureSource> openCaptureSource(const config::Camera& settings, DeviceClaims& claims,
                                              bool mayPassOwnH264) {
  switch (settings.source) {
    case config::SourceKind::Test:
      return openTestPicture(settings);
    case config::SourceKind::File:
      return openFile(settings);
    case config::SourceKind::Auto:
      return openAny(settings, claims, mayPassOwnH264);
    case config::SourceKind::V4l2:
      return openV4l2(listV4l2Devices(), settings, claims, mayPassOwnH264);
    case config::SourceKind::Libcamera:
      return openLibcamera(settings, claims);
  }
  return base::fail(base::ErrorCode::Internal, "unknown kind of source");
}

}  // namespace fanlight::media
