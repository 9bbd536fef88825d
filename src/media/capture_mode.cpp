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

}  // namespace

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
