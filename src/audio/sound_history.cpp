// SPDX-License-Identifier: Apache-2.0
#include "audio/sound_history.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace fanlight::audio {
namespace {

constexpr int kDecimation = 48'000 / SoundHistory::kRate;
constexpr std::size_t kTaps = 96;
/// Of the higher rate; a little below the half of the lower one, for the filter is not steep.
constexpr double kCutOff = 0.45 / kDecimation;
/// By how much a time may be off from where the samples before it end: rounding, and clocks that differ a little.
constexpr SoundHistory::Moment kJitter = 4 * SoundHistory::kMillisecond;

/// A low pass: sinc under Hann's window.
const std::array<float, kTaps>& lowPass() {
  static const std::array<float, kTaps> taps = [] {
    std::array<float, kTaps> made{};
    for (std::size_t i = 0; i < kTaps; ++i) {
      const double at = static_cast<double>(i) - (kTaps - 1) / 2.0;
      const double phase = 2 * std::numbers::pi * kCutOff * at;
      const double hann = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / kTaps);
      made[i] = static_cast<float>(2 * kCutOff * std::sin(phase) / phase * hann);
    }
    return made;
  }();
  return taps;
}

}  // namespace

SoundHistory::SoundHistory(std::size_t capacity) : ring_(capacity), inputs_(kTaps) {}

void SoundHistory::push(std::span<const std::int16_t> sound, GstClockTime at) {
  moveTo(momentOf(at));
  const auto& taps = lowPass();
  for (const std::int16_t sample : sound) {
    inputs_[input_] = static_cast<float>(sample) / -INT16_MIN;
    input_ = (input_ + 1) % kTaps;
    if (++phase_ < kDecimation)
      continue;
    phase_ = 0;
    float sum = 0;
    for (std::size_t i = 0; i < kTaps; ++i)
      sum += taps[i] * inputs_[(input_ + i) % kTaps];
    put(sum);
  }
}

bool SoundHistory::copy(Moment from, std::span<float> sound) const {
  if (from < begin_ || from + static_cast<Moment>(sound.size()) > end_)
    return false;
  for (std::size_t i = 0; i < sound.size(); ++i)
    sound[i] = ring_[(static_cast<std::size_t>(from) + i) % ring_.size()];
  return true;
}

void SoundHistory::moveTo(Moment moment) {
  const Moment hole = moment - end_;
  if (std::abs(hole) <= kJitter)
    return;
  if (hole < 0 || hole > static_cast<Moment>(ring_.size())) {
    begin_ = end_ = moment;
    return;
  }
  for (Moment i = 0; i < hole; ++i)
    put(0);
}

void SoundHistory::put(float sample) {
  ring_[static_cast<std::size_t>(end_) % ring_.size()] = sample;
  ++end_;
  begin_ = std::max(begin_, end_ - static_cast<Moment>(ring_.size()));
}

}  // namespace fanlight::audio
