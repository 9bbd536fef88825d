// SPDX-License-Identifier: Apache-2.0
// The table of encoders.
#include "board/encoders.h"

#include <array>

namespace fanlight::board {
namespace {

constexpr std::array<EncoderKind, 2> kEncoders{{
    // x264 before OpenH264: the better picture for its bits, at half the CPU.
    {.name = "x264enc", .factory = "x264enc", .bitrateProperty = "bitrate", .bitsPerUnit = 1000, .isSoftware = true},
    {.name = "openh264enc",
     .factory = "openh264enc",
     .bitrateProperty = "bitrate",
     .bitsPerUnit = 1,
     .isSoftware = true},
}};

}  // namespace

std::span<const EncoderKind> knownEncoders() {
  return kEncoders;
}

}  // namespace fanlight::board
