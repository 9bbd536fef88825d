// SPDX-License-Identifier: Apache-2.0
// Frames as a client sends them, right and wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fanlight::test {

inline constexpr unsigned kContinuation = 0x0;
inline constexpr unsigned kText = 0x1;
inline constexpr unsigned kBinary = 0x2;
inline constexpr unsigned kClose = 0x8;
inline constexpr unsigned kPing = 0x9;
inline constexpr unsigned kPong = 0xa;

inline std::string bigEndian(std::uint64_t value, int bytes) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    text += static_cast<char>(value >> shift & 0xff);
  return text;
}

/// The first two bytes, the length and the mask, for a payload of `length` that may follow or not.
inline std::string clientHeader(unsigned firstByte, std::uint64_t length) {
  std::string header(1, static_cast<char>(firstByte));
  if (length < 126)
    header += static_cast<char>(0x80 | length);
  else if (length <= 0xffff)
    header += '\xfe' + bigEndian(length, 2);
  else
    header += '\xff' + bigEndian(length, 8);
  return header + "mask";
}

inline std::string clientFrame(unsigned kind, std::string_view payload, bool isFinal = true) {
  std::string frame = clientHeader((isFinal ? 0x80u : 0u) | kind, payload.size());
  constexpr std::string_view kMask = "mask";
  for (std::size_t at = 0; at < payload.size(); ++at)
    frame += static_cast<char>(payload[at] ^ kMask[at % kMask.size()]);
  return frame;
}

}  // namespace fanlight::test
