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

bool isIdr(GstBuffer* picture) {
  return holdsIdr(gst::MappedBuffer(picture).bytes());
}

}  // namespace fanlight::media
