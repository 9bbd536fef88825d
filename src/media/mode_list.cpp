// SPDX-License-Identifier: Apache-2.0
// Caps, sorted and joined.
#include "media/mode_list.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/values.h"

namespace fanlight::media {
namespace {

constexpr std::size_t kMostSizes = 8;
constexpr std::size_t kMostFormats = 4;

/// Rates of a size, as text: the fastest first.
using Sizes = std::map<base::Resolution, std::string, std::greater<>>;

/// The macros for it would cast the const away.
bool holds(const GValue* value, GType type) {
  return value->g_type == type;
}

std::string rateText(const GValue* rate) {
  if (holds(rate, GST_TYPE_FRACTION)) {
    const base::FrameRate one{gst_value_get_fraction_numerator(rate), gst_value_get_fraction_denominator(rate)};
    return fmt::format("{:.3g}", one.perSecond());
  }
  if (holds(rate, GST_TYPE_FRACTION_RANGE))
    return fmt::format("{} to {}", rateText(gst_value_get_fraction_range_min(rate)),
                       rateText(gst_value_get_fraction_range_max(rate)));
  // They come from the slowest on.
  std::string text;
  for (guint i = holds(rate, GST_TYPE_LIST) ? gst_value_list_get_size(rate) : 0; i > 0; --i)
    text += (text.empty() ? "" : ", ") + rateText(gst_value_list_get_value(rate, i - 1));
  return text;
}

/// The largest of a range: a driver that takes any size up to it is told as that.
int largest(const GValue* side) {
  if (!side)
    return 0;
  if (holds(side, G_TYPE_INT))
    return g_value_get_int(side);
  if (holds(side, GST_TYPE_INT_RANGE))
    return gst_value_get_int_range_max(side);
  int most = 0;
  for (guint i = 0; holds(side, GST_TYPE_LIST) && i < gst_value_list_get_size(side); ++i)
    most = std::max(most, largest(gst_value_list_get_value(side, i)));
  return most;
}

std::optional<std::string> formatOf(const GstStructure* structure) {
  if (gst_structure_has_name(structure, "video/x-raw")) {
    const char* format = gst_structure_get_string(structure, "format");
    return format ? format : "raw";
  }
  if (gst_structure_has_name(structure, "image/jpeg"))
    return "MJPEG";
  if (gst_structure_has_name(structure, "video/x-h264"))
    return "H.264";
  return std::nullopt;
}

std::string sizesText(const Sizes& sizes) {
  std::string text;
  std::size_t count = 0;
  for (const auto& [size, rates] : sizes) {
    if (++count > kMostSizes)
      return text + fmt::format("; {} smaller", sizes.size() - kMostSizes);
    text += fmt::format("{}{}x{}{}{}", text.empty() ? "" : "; ", size.width, size.height, rates.empty() ? "" : " at ",
                        rates);
  }
  return text;
}

std::string formatsText(const std::vector<std::string>& formats) {
  std::string text;
  for (std::size_t i = 0; i < std::min(formats.size(), kMostFormats); ++i)
    text += (text.empty() ? "" : ", ") + formats[i];
  return formats.size() <= kMostFormats ? text : text + fmt::format(" and {} more", formats.size() - kMostFormats);
}

}  // namespace

std::vector<std::string> listModes(const GstCaps* caps) {
  std::vector<std::string> order;
  std::map<std::string, Sizes> sizesOf;
  for (guint i = 0; i < gst_caps_get_size(caps); ++i) {
    const GstStructure* structure = gst_caps_get_structure(caps, i);
    const auto format = formatOf(structure);
    const base::Resolution size{largest(gst_structure_get_value(structure, "width")),
                                largest(gst_structure_get_value(structure, "height"))};
    if (!format || size.width == 0 || size.height == 0)
      continue;
    if (!sizesOf.contains(*format))
      order.push_back(*format);
    const GValue* rate = gst_structure_get_value(structure, "framerate");
    sizesOf[*format][size] = rate ? rateText(rate) : "";
  }
  std::vector<std::pair<std::string, std::vector<std::string>>> lines;
  for (const std::string& format : order) {
    const std::string sizes = sizesText(sizesOf[format]);
    const auto same = std::ranges::find(lines, sizes, [](const auto& line) { return line.first; });
    (same == lines.end() ? lines.emplace_back(sizes, std::vector<std::string>()) : *same).second.push_back(format);
  }
  std::vector<std::string> texts;
  texts.reserve(lines.size());
  for (const auto& [sizes, formats] : lines)
    texts.push_back(fmt::format("{}: {}", formatsText(formats), sizes));
  return texts;
}

}  // namespace fanlight::media
