// SPDX-License-Identifier: Apache-2.0
#include "audio/slewing_delay.h"

#include <algorithm>
#include <cmath>

namespace fanlight::audio {
namespace {

/// Samples around one that it is made of.
constexpr std::size_t kAround = 4;

}  // namespace

SlewingDelay::SlewingDelay(std::size_t most) : line_(most + kAround) {}

void SlewingDelay::jumpTo(double samples) {
  delay_ = samples;
}

void SlewingDelay::pass(std::span<std::int16_t> sound, double samples) {
  const double most = static_cast<double>(line_.size() - kAround);
  const double target = std::clamp(samples, 1.0, most);
  const double step = sound.empty() ? 0 : (target - std::clamp(delay_, 1.0, most)) / static_cast<double>(sound.size());
  delay_ = target - step * static_cast<double>(sound.size());
  for (std::int16_t& sample : sound) {
    line_[next_] = sample;
    next_ = (next_ + 1) % line_.size();
    delay_ += step;
    sample = static_cast<std::int16_t>(std::lround(std::clamp<double>(at(delay_), INT16_MIN, INT16_MAX)));
  }
}

double SlewingDelay::at(double behind) const {
  // Lagrange's cubic through the two samples before and the two behind, which is exact enough for speech at 48 kHz.
  const double whole = std::floor(behind);
  const double x = behind - whole;
  const auto sampleAt = [&](std::size_t more) {
    return static_cast<double>(
        line_[(next_ + 2 * line_.size() - static_cast<std::size_t>(whole) - more) % line_.size()]);
  };
  const double a = sampleAt(0);
  const double b = sampleAt(1);
  const double c = sampleAt(2);
  const double d = sampleAt(3);
  return -x * (x - 1) * (x - 2) / 6 * a + (x + 1) * (x - 1) * (x - 2) / 2 * b - (x + 1) * x * (x - 2) / 2 * c +
         (x + 1) * x * (x - 1) / 6 * d;
}

}  // namespace fanlight::audio
