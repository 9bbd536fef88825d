// SPDX-License-Identifier: Apache-2.0
// A buffer's bytes, for reading. Any thread.
#pragma once

#include <cstdint>
#include <span>

#include "gst/ref_traits.h"

namespace fanlight::gst {

/// Mapped as long as this lives, which the buffer outlives; no bytes where it cannot be.
class MappedBuffer {
 public:
  explicit MappedBuffer(GstBuffer* buffer) : buffer_(buffer) {
    if (!gst_buffer_map(buffer_, &map_, GST_MAP_READ))
      map_ = GST_MAP_INFO_INIT;
  }
  MappedBuffer(const MappedBuffer&) = delete;
  MappedBuffer& operator=(const MappedBuffer&) = delete;
  ~MappedBuffer() {
    if (map_.memory)
      gst_buffer_unmap(buffer_, &map_);
  }
  std::span<const std::uint8_t> bytes() const { return {map_.data, map_.size}; }

 private:
  GstBuffer* const buffer_;
  GstMapInfo map_ = GST_MAP_INFO_INIT;
};

}  // namespace fanlight::gst
