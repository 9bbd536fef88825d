// SPDX-License-Identifier: Apache-2.0
// A mode is found by letting GStreamer fixate caps near the wanted ones, since a driver may list sizes and rates as
// single values, lists, ranges or stepped ranges.
#include "media/capture_mode.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace fanlight::media {
namespace {

constexpr const char* kRaw = "video/x-raw";
constexpr const char* kMjpeg = "image/jpeg";
constexpr const char* kH264 = "video/x-h264";

std::optional<CaptureMode::Format> formatOf(const GstStructure* structure) {
  if (gst_structure_has_name(structure, kRaw))
    return CaptureMode::Format::Raw;
  if (gst_structure_has_name(structure, kMjpeg))
    return CaptureMode::Format::Mjpeg;
  if (gst_structure_has_name(structure, kH264))
    return CaptureMode::Format::H264;
  return std::nullopt;
}

bool hasMode(const GstStructure* structure) {
  return gst_structure_has_field(structure, "width") && gst_structure_has_field(structure, "height") &&
         gst_structure_has_field(structure, "framerate");
}

std::optional<CaptureMode> fixateNear(const GstStructure* structure, const ModeWish& wish) {
  if (!hasMode(structure))
    return std::nullopt;
  const glib::Owned<GstStructure> fixed(gst_structure_copy(structure));
  gst_structure_fixate_field_nearest_int(fixed.get(), "width", wish.resolution.width);
  gst_structure_fixate_field_nearest_int(fixed.get(), "height", wish.resolution.height);
  gst_structure_fixate_field_nearest_fraction(fixed.get(), "framerate", wish.frameRate.numerator,
                                              wish.frameRate.denominator);
  CaptureMode mode;
  mode.format = *formatOf(structure);
  if (!gst_structure_get_int(fixed.get(), "width", &mode.resolution.width) ||
      !gst_structure_get_int(fixed.get(), "height", &mode.resolution.height) ||
      !gst_structure_get_fraction(fixed.get(), "framerate", &mode.frameRate.numerator, &mode.frameRate.denominator))
    return std::nullopt;
  return mode;
}

bool isReadable(const GstCaps* caps, guint index, const ModeWish& wish) {
  const auto format = formatOf(gst_caps_get_structure(caps, index));
  if (!format || (*format == CaptureMode::Format::H264 && !wish.mayBeH264))
    return false;
  const GstCapsFeatures* features = gst_caps_get_features(caps, index);
  return !features || gst_caps_features_is_equal(features, GST_CAPS_FEATURES_MEMORY_SYSTEM_MEMORY);
}

int costOf(CaptureMode::Format format) {
  switch (format) {
    case CaptureMode::Format::H264:
      return 0;
    case CaptureMode::Format::Raw:
      return 1;
    case CaptureMode::Format::Mjpeg:
      break;
  }
  return 2;
}

auto distance(const CaptureMode& mode, const ModeWish& wish) {
  const base::Resolution wanted = wish.resolution;
  const int pixels = std::abs(mode.resolution.width * mode.resolution.height - wanted.width * wanted.height);
  const double slower = std::max(0.0, wish.frameRate.perSecond() - mode.frameRate.perSecond());
  const double faster = std::max(0.0, mode.frameRate.perSecond() - wish.frameRate.perSecond());
  const bool isTooSlow = mode.frameRate.perSecond() < wish.minFrameRate;
  return std::tuple(isTooSlow, mode.resolution != wanted, slower, pixels, faster, costOf(mode.format));
}

}  // namespace

std::optional<CaptureMode> chooseMode(const GstCaps* caps, const ModeWish& wish) {
  std::optional<CaptureMode> best;
  for (guint i = 0; i < gst_caps_get_size(caps); ++i) {
    if (!isReadable(caps, i, wish))
      continue;
    const auto mode = fixateNear(gst_caps_get_structure(caps, i), wish);
    if (mode && (!best || distance(*mode, wish) < distance(*best, wish)))
      best = mode;
  }
  return best;
}

}  // namespace fanlight::media
