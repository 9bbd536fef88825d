// SPDX-License-Identifier: Apache-2.0
// GstDiscoverer for what is in it, and the first pictures themselves for how they follow each other.
#include "media/video_file.h"

#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <gst/app/gstappsink.h>
#include <gst/pbutils/pbutils.h>

#include "gst/element.h"
#include "gst/fragment.h"
#include "media/picture_order.h"

namespace fanlight::glib {
template <>
struct RefTraits<GstDiscoverer> : GObjectRefTraits<GstDiscoverer> {};
template <>
struct RefTraits<GstDiscovererInfo> : GObjectRefTraits<GstDiscovererInfo> {};
template <>
struct RefTraits<GstDiscovererVideoInfo> : GObjectRefTraits<GstDiscovererVideoInfo> {};
}  // namespace fanlight::glib

namespace fanlight::media {
namespace {

constexpr GstClockTime kInspectTimeout = 10 * GST_SECOND;
/// So many pictures are looked at; at 30 a second five of the longest intervals.
constexpr int kPicturesToSee = 360;

std::optional<CaptureMode> modeOf(GstDiscovererVideoInfo* video) {
  CaptureMode mode;
  mode.resolution = {static_cast<int>(gst_discoverer_video_info_get_width(video)),
                     static_cast<int>(gst_discoverer_video_info_get_height(video))};
  mode.frameRate = {static_cast<int>(gst_discoverer_video_info_get_framerate_num(video)),
                    static_cast<int>(gst_discoverer_video_info_get_framerate_denom(video))};
  const bool isStill = gst_discoverer_video_info_is_image(video) != FALSE;
  return isStill || mode.resolution.width <= 0 || mode.frameRate.numerator <= 0 ? std::nullopt : std::optional(mode);
}

bool isPassable(const std::string& path) {
  const auto pipeline =
      gst::renderFragment("capture", "file-h264", {{"file", path}}).and_then([](const std::string& source) {
        return gst::parsePipeline(
            source + " ! video/x-h264,stream-format=avc,alignment=au ! appsink name=out sync=false max-buffers=4");
      });
  if (!pipeline)
    return false;
  const auto sink = gst::findElement(pipeline->get(), "out");
  gst_element_set_state(pipeline->get(), GST_STATE_PLAYING);
  PictureOrder order;
  bool isGood = true;
  int seen = 0;
  while (isGood && seen < kPicturesToSee) {
    const auto sample =
        gst::Ref<GstSample>::adopt(gst_app_sink_try_pull_sample(GST_APP_SINK(sink.get()), kInspectTimeout));
    if (!sample)
      break;
    ++seen;
    isGood = !order.take(gst_sample_get_buffer(sample.get()));
  }
  gst_element_set_state(pipeline->get(), GST_STATE_NULL);
  return isGood && seen > 0;
}

}  // namespace

base::Result<VideoFile> inspectVideoFile(const std::string& path) {
  std::error_code unreadable;
  if (!std::filesystem::is_regular_file(path, unreadable))
    return base::fail(base::ErrorCode::NotFound, fmt::format("there is no file '{}'", path));
  const auto unsupported = [&path](const std::string& why) {
    return base::fail(base::ErrorCode::Unsupported, fmt::format("cannot show '{}': {}", path, why));
  };
  glib::ErrorOut error;
  const auto discoverer = gst::Ref<GstDiscoverer>::adopt(gst_discoverer_new(kInspectTimeout, error.out()));
  if (!discoverer)
    return unsupported(error.message());
  const std::string uri = glib::takeString(gst_filename_to_uri(path.c_str(), nullptr));
  const auto info =
      gst::Ref<GstDiscovererInfo>::adopt(gst_discoverer_discover_uri(discoverer.get(), uri.c_str(), error.out()));
  const auto result = info ? gst_discoverer_info_get_result(info.get()) : GST_DISCOVERER_ERROR;
  const bool hasNoDecoder = result == GST_DISCOVERER_MISSING_PLUGINS;
  if (result != GST_DISCOVERER_OK && !hasNoDecoder)
    return unsupported(error.message());
  const auto all = gst::takeList<GstDiscovererVideoInfo>(gst_discoverer_info_get_video_streams(info.get()));
  const auto mode = all.empty() ? std::nullopt : modeOf(all.front().get());
  if (!mode)
    return unsupported("it has no moving picture");
  VideoFile file{*mode, ""};
  const auto caps =
      gst::Ref<GstCaps>::adopt(gst_discoverer_stream_info_get_caps(GST_DISCOVERER_STREAM_INFO(all.front().get())));
  file.codec = glib::takeString(gst_pb_utils_get_codec_description(caps.get()));
  if (!objectionToProfile(caps.get()) && isPassable(path))
    file.mode.format = CaptureMode::Format::H264;
  else if (hasNoDecoder)
    return unsupported("no decoder here for " + file.codec);
  return file;
}

}  // namespace fanlight::media
