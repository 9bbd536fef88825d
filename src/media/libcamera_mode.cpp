// SPDX-License-Identifier: Apache-2.0
// libcamera tells sizes as single ones or as ranges, and no frame rates.
#include "media/libcamera_mode.h"

#include <cstdlib>
#include <limits>
#include <tuple>

#include <fmt/format.h>
#include <gst/video/video.h>

#include "media/libcamera_devices.h"

namespace fanlight::media {
namespace {

/// Drivers round a line up to this many bytes at most; in planar formats those of the colours are half as long.
constexpr int kPlainStep = 64;

constexpr int kNoYuv = 3;

int rankOf(const char* format) {
  const GstVideoFormat known = gst_video_format_from_string(format);
  if (known == GST_VIDEO_FORMAT_NV12)
    return 0;
  if (known == GST_VIDEO_FORMAT_I420)
    return 1;
  return GST_VIDEO_FORMAT_INFO_IS_YUV(gst_video_format_get_info(known)) ? 2 : kNoYuv;
}

gst::Owned<GstStructure> withPlainWidths(const GstStructure* structure) {
  const gst::Owned<GstStructure> plain(gst_structure_new_empty(gst_structure_get_name(structure)));
  GValue range = G_VALUE_INIT;
  g_value_init(&range, GST_TYPE_INT_RANGE);
  gst_value_set_int_range_step(&range, kPlainStep, std::numeric_limits<int>::max() / kPlainStep * kPlainStep,
                               kPlainStep);
  gst_structure_take_value(plain.get(), "width", &range);
  return gst::Owned<GstStructure>(gst_structure_intersect(structure, plain.get()));
}

std::optional<LibcameraMode> fixateNear(const GstStructure* structure, base::Resolution wanted) {
  const char* format = gst_structure_get_string(structure, "format");
  const gst::Owned<GstStructure> fixed(gst_structure_copy(structure));
  gst_structure_fixate_field_nearest_int(fixed.get(), "width", wanted.width);
  gst_structure_fixate_field_nearest_int(fixed.get(), "height", wanted.height);
  base::Resolution size;
  if (!format || !gst_structure_get_int(fixed.get(), "width", &size.width) ||
      !gst_structure_get_int(fixed.get(), "height", &size.height))
    return std::nullopt;
  return LibcameraMode{format, size};
}

std::optional<LibcameraMode> modeOf(const GstStructure* structure, base::Resolution wanted, Widths widths) {
  if (!gst_structure_has_name(structure, "video/x-raw"))
    return std::nullopt;
  if (widths == Widths::Plain)
    if (const auto plain = withPlainWidths(structure))
      return fixateNear(plain.get(), wanted);
  return fixateNear(structure, wanted);
}

}  // namespace

std::optional<LibcameraMode> chooseLibcameraMode(const GstCaps* caps, base::Resolution wanted, Widths widths) {
  const auto distance = [wanted, widths](const LibcameraMode& mode) {
    const base::Resolution size = mode.resolution;
    return std::tuple(widths == Widths::Plain && !isPlain(size.width), size != wanted,
                      std::abs(size.width * size.height - wanted.width * wanted.height), rankOf(mode.format.c_str()));
  };
  std::optional<LibcameraMode> best;
  for (guint i = 0; i < gst_caps_get_size(caps); ++i) {
    const auto mode = modeOf(gst_caps_get_structure(caps, i), wanted, widths);
    if (mode && (!best || distance(*mode) < distance(*best)))
      best = mode;
  }
  return best;
}

Widths libcameraWidths() {
  constexpr LibcameraVersion kTellsLengthOfLines{0, 5, 1};
  return installedLibcamera().value_or(LibcameraVersion()) < kTellsLengthOfLines ? Widths::Plain : Widths::Any;
}

bool isPlain(int width) {
  return width % kPlainStep == 0;
}

std::string toCapsText(const LibcameraMode& mode, const base::FrameRate& rate) {
  const std::string any = fmt::format("video/x-raw,format={},width={},height={},interlace-mode=progressive",
                                      mode.format, mode.resolution.width, mode.resolution.height);
  const char* colours = rankOf(mode.format.c_str()) < kNoYuv ? ",colorimetry=bt709" : "";
  return fmt::format("{},framerate={}/{}{};{}", any, rate.numerator, rate.denominator, colours, any);
}

}  // namespace fanlight::media
