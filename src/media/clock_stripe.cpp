// SPDX-License-Identifier: Apache-2.0
// Packing of time, frame number and check into bits.
#include "media/clock_stripe.h"

namespace fanlight::media {
namespace {

constexpr int kPayloadBits = kStripeTimeBits + kStripeFrameBits;
constexpr std::uint8_t kPolynomial = 0x07;
// Not 0: a stripe that is all black would be a whole one.
constexpr std::uint8_t kStart = 0xff;

// 60 bits as eight bytes, the first one padded with four zero bits.
std::uint8_t crc8(std::uint64_t payload) {
  std::uint8_t crc = kStart;
  for (int shift = 56; shift >= 0; shift -= 8) {
    crc = static_cast<std::uint8_t>(crc ^ (payload >> shift));
    for (int bit = 0; bit < 8; ++bit)
      crc = static_cast<std::uint8_t>((crc & 0x80) != 0 ? (crc << 1) ^ kPolynomial : crc << 1);
  }
  return crc;
}

}  // namespace

StripeBits encodeStripe(std::uint64_t time, std::uint16_t frame) {
  const std::uint64_t kept = time & ((std::uint64_t{1} << kStripeTimeBits) - 1);
  const std::uint64_t payload = kept << kStripeFrameBits | frame;
  const std::uint8_t check = crc8(payload);
  StripeBits bits{};
  auto cell = bits.begin();
  for (int bit = kPayloadBits; bit-- > 0;)
    *cell++ = (payload >> bit & 1) != 0;
  for (int bit = kStripeCheckBits; bit-- > 0;)
    *cell++ = (check >> bit & 1) != 0;
  return bits;
}

}  // namespace fanlight::media
