// SPDX-License-Identifier: Apache-2.0
// Bits, Exp-Golomb codes and boxes.
#include "media/h264_reader.h"

#include <algorithm>

namespace fanlight::test {
namespace {

constexpr std::size_t kLengthBytes = 4;
// avcC: version, profile, constraints, level, length size, number of sets, length of the first in two bytes.
constexpr std::size_t kFirstSpsAt = 8;

Bytes bytesOf(GstBuffer* buffer) {
  Bytes bytes(gst_buffer_get_size(buffer));
  gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
  return bytes;
}

// The bits behind a NAL's first byte. Emulation prevention is left in: what is read here ends before it can occur.
class Bits {
 public:
  explicit Bits(const Bytes& nal) : nal_(nal) {}
  unsigned expGolomb() {
    int zeros = 0;
    while (bit() == 0)
      ++zeros;
    unsigned value = 1;
    for (int i = 0; i < zeros; ++i)
      value = value * 2 + bit();
    return value - 1;
  }

 private:
  unsigned bit() {
    const unsigned value = nal_.at(at_ / 8) >> (7 - at_ % 8) & 1U;
    ++at_;
    return value;
  }

  const Bytes& nal_;
  std::size_t at_ = 8;
};

}  // namespace

std::optional<Sps> readSps(const GstCaps* caps) {
  GstBuffer* data = nullptr;
  gst_structure_get(gst_caps_get_structure(caps, 0), "codec_data", GST_TYPE_BUFFER, &data, nullptr);
  const auto held = gst::Ref<GstBuffer>::adopt(data);
  const Bytes box = held ? bytesOf(held.get()) : Bytes{};
  if (box.size() < kFirstSpsAt + 4 || (box[kFirstSpsAt] & 0x1f) != static_cast<int>(NalKind::Sps))
    return std::nullopt;
  return Sps{box[kFirstSpsAt + 1], box[kFirstSpsAt + 2], box[kFirstSpsAt + 3]};
}

std::vector<Bytes> splitNals(GstBuffer* buffer) {
  const Bytes unit = bytesOf(buffer);
  std::vector<Bytes> nals;
  std::size_t at = 0;
  while (at + kLengthBytes < unit.size()) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i)
      length = length * 256 + unit[at + i];
    at += kLengthBytes;
    if (length == 0 || length > unit.size() - at)
      return {};
    nals.emplace_back(unit.begin() + static_cast<std::ptrdiff_t>(at),
                      unit.begin() + static_cast<std::ptrdiff_t>(at + length));
    at += length;
  }
  return at == unit.size() ? nals : std::vector<Bytes>{};
}

bool hasKind(const std::vector<Bytes>& nals, NalKind kind) {
  return std::ranges::find(nals, static_cast<int>(kind), kindOf) != nals.end();
}

int sliceKindOf(const Bytes& nal) {
  Bits bits(nal);
  static_cast<void>(bits.expGolomb());  // first_mb_in_slice
  return static_cast<int>(bits.expGolomb() % 5);
}

}  // namespace fanlight::test
