// SPDX-License-Identifier: Apache-2.0
// How loud a sound is. Any thread.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <type_traits>

namespace fanlight::audio {

/// Of full scale; what is more quiet than that nobody hears back.
inline constexpr double kAudible = 0.003;

/// Root mean square, of full scale: samples of 16 bits, or of 1.
template <class Sample>
double loudnessOf(std::span<const Sample> sound) {
  constexpr double kFullScale = std::is_integral_v<Sample> ? -INT16_MIN : 1;
  double energy = 0;
  for (const Sample sample : sound)
    energy += static_cast<double>(sample) * sample;
  return sound.empty() ? 0 : std::sqrt(energy / static_cast<double>(sound.size())) / kFullScale;
}

}  // namespace fanlight::audio
