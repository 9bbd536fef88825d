// SPDX-License-Identifier: Apache-2.0
// From length to length through the NAL units of a picture.
#include "media/access_unit.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "gst/mapped_buffer.h"

namespace fanlight::media {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::uint8_t kTypeMask = 0x1f;
constexpr std::uint8_t kIdrSlice = 5;

bool holdsIdr(std::span<const std::uint8_t> units) {
  while (units.size() > kLengthBytes) {
    if ((units[kLengthBytes] & kTypeMask) == kIdrSlice)
      return true;
    std::size_t length = 0;
    for (const std::uint8_t byte : units.first(kLengthBytes))
      length = length << 8 | byte;
    units = units.subspan(kLengthBytes);
    units = units.subspan(std::min(length, units.size()));
  }
  return false;
}

}  // namespace

AccessUnit copyOf(GstSample* sample) {
  GstBuffer* encoded = gst_sample_get_buffer(sample);
  AccessUnit unit;
  unit.buffer = gst::Ref<GstBuffer>::adopt(gst_buffer_copy_deep(encoded));
  unit.caps = gst::Ref<GstCaps>::retain(gst_sample_get_caps(sample));
  GST_BUFFER_PTS(unit.buffer.get()) =
      gst_segment_to_running_time(gst_sample_get_segment(sample), GST_FORMAT_TIME, GST_BUFFER_PTS(encoded));
  GST_BUFFER_DTS(unit.buffer.get()) = GST_CLOCK_TIME_NONE;
  return unit;
}

bool isIdr(GstBuffer* picture) {
  return holdsIdr(gst::MappedBuffer(picture).bytes());
}

}  // namespace fanlight::media
