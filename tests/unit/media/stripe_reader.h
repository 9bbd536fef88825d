// SPDX-License-Identifier: Apache-2.0
// Reads the machine-readable clock back, written from its description alone: bits are divided one by one, where the
// daemon works on bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace fanlight::test {

struct StripeReading {
  std::uint64_t time;
  unsigned frame;
  bool operator==(const StripeReading&) const = default;
};

inline std::uint64_t number(const std::vector<bool>& bits, std::size_t from, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = from; i < from + count; ++i)
    value = value * 2 + (bits[i] ? 1 : 0);
  return value;
}

/// Whether x^8 + x^2 + x + 1 divides the polynomial whose coefficients these are.
inline bool isDivisible(std::vector<bool> bits) {
  const std::vector<bool> divisor{true, false, false, false, false, false, true, true, true};
  for (std::size_t i = 0; i + divisor.size() <= bits.size(); ++i)
    if (bits[i])
      for (std::size_t j = 0; j < divisor.size(); ++j)
        bits[i + j] = bits[i + j] != divisor[j];
  return number(bits, bits.size() - 8, 8) == 0;
}

/// None where the stripe is not whole.
inline std::optional<StripeReading> readStripe(const std::vector<bool>& bits) {
  if (bits.size() != 68)
    return std::nullopt;
  // The four bits in front; a check that starts at 0xff is one that starts at 0 with the first eight bits inverted.
  std::vector<bool> checked(4, false);
  checked.insert(checked.end(), bits.begin(), bits.end());
  for (std::size_t i = 0; i < 8; ++i)
    checked[i] = !checked[i];
  if (!isDivisible(checked))
    return std::nullopt;
  return StripeReading{number(bits, 0, 44), static_cast<unsigned>(number(bits, 44, 16))};
}

}  // namespace fanlight::test
