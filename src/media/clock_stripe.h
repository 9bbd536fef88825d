// SPDX-License-Identifier: Apache-2.0
// The machine-readable clock in the test picture: what tools/bench reads back in the browser. Any thread.
//
// A stripe is kStripeCells cells side by side over the whole width, black 0 or white 1, most significant bit first:
// 44 bits CLOCK_REALTIME in units of 100 µs, 16 bits frame number, 8 bits CRC-8 (polynomial 0x07, start 0xff) over
// those 60 bits with 4 zero bits put in front. One stripe at the top and the same at the bottom, each as high as a cell
// is wide, so that a reader finds the cells at any scale. 44 bits wrap every 55.7 years (the last time in 2025): a
// reader takes the time that is nearest to its own clock. tests/bench/stripe.mjs reads it.
#pragma once

#include <array>
#include <cstdint>

namespace fanlight::media {

inline constexpr int kStripeTimeBits = 44;
inline constexpr int kStripeFrameBits = 16;
inline constexpr int kStripeCheckBits = 8;
inline constexpr int kStripeCells = kStripeTimeBits + kStripeFrameBits + kStripeCheckBits;

using StripeBits = std::array<bool, kStripeCells>;

/// `time` in units of 100 µs since 1970; what is above 44 bits is cut.
StripeBits encodeStripe(std::uint64_t time, std::uint16_t frame);

}  // namespace fanlight::media
