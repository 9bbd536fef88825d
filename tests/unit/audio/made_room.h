// SPDX-License-Identifier: Apache-2.0
// Voices and a room with a speaker and a microphone, made up: speech-shaped noise, and walls that give it back.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

#include <gst/gst.h>

namespace fanlight::audio {

inline constexpr std::size_t kSoundRate = 48'000;
/// Ten milliseconds, as sound comes.
inline constexpr std::size_t kChunk = kSoundRate / 100;
using Sound = std::vector<double>;

/// Noise with the bands and the syllables of speech; seeds are different speakers.
inline Sound speech(double seconds, unsigned seed, double level = 0.1) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise;
  Sound sound(static_cast<std::size_t>(seconds * kSoundRate));
  double low = 0;
  double lower = 0;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    const double time = static_cast<double>(i) / kSoundRate;
    const double syllables = std::pow(std::max(0.0, std::sin(2 * std::numbers::pi * (3.1 + 0.2 * seed) * time)), 0.5) *
                             (std::fmod(time + 0.37 * seed, 2.3) < 1.7 ? 1 : 0);
    low += 0.25 * (noise(random) - low);
    lower += 0.02 * (low - lower);
    sound[i] = level * 5 * syllables * (low - lower);
  }
  return sound;
}

/// What of `played` comes back: late (or early), weaker, and with what the walls make of it.
inline Sound echoOf(const Sound& played, double delaySeconds, unsigned seed = 7) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise;
  std::vector<double> walls(kSoundRate / 20);
  for (std::size_t i = 0; i < walls.size(); ++i)
    walls[i] = (i == 0 ? 0.5 : 0.1 * noise(random)) * std::exp(-static_cast<double>(i) / (0.012 * kSoundRate));
  const auto delay = static_cast<std::ptrdiff_t>(delaySeconds * kSoundRate);
  Sound echo(played.size());
  for (std::ptrdiff_t i = 0; i < std::ssize(echo); ++i)
    for (std::ptrdiff_t wall = 0; wall < std::ssize(walls) && wall <= i - delay; wall += wall == 0 ? 1 : 29)
      if (i - delay - wall < std::ssize(played))
        echo[static_cast<std::size_t>(i)] +=
            walls[static_cast<std::size_t>(wall)] * played[static_cast<std::size_t>(i - delay - wall)];
  return echo;
}

inline double energyOf(const Sound& sound, double from, double to) {
  double energy = 1e-9;
  const auto end = std::min(sound.size(), static_cast<std::size_t>(to * kSoundRate));
  for (auto i = static_cast<std::size_t>(from * kSoundRate); i < end; ++i)
    energy += sound[i] * sound[i];
  return energy;
}

inline double decibels(double ratio) {
  return 10 * std::log10(ratio);
}

/// As a device plays it whose clock is slower by so many millionths.
inline Sound slowed(const Sound& sound, double millionths) {
  Sound slow(sound.size());
  for (std::size_t i = 0; i < slow.size(); ++i) {
    const double at = static_cast<double>(i) * (1 - millionths / 1e6);
    const auto before = static_cast<std::size_t>(at);
    const double share = at - static_cast<double>(before);
    slow[i] = sound[before] * (1 - share) + (before + 1 < sound.size() ? sound[before + 1] * share : 0);
  }
  return slow;
}

inline Sound mixed(const Sound& one, const Sound& other) {
  Sound both(one);
  for (std::size_t i = 0; i < both.size(); ++i)
    both[i] += other[i];
  return both;
}

inline std::vector<std::int16_t> toSamples(const Sound& sound) {
  std::vector<std::int16_t> samples(sound.size());
  std::ranges::transform(sound, samples.begin(), [](double value) {
    return static_cast<std::int16_t>(std::clamp(value, -1.0, 1.0) * INT16_MAX);
  });
  return samples;
}

inline GstClockTime timeOfSample(std::size_t sample) {
  return gst_util_uint64_scale_int(sample, GST_SECOND, kSoundRate);
}

}  // namespace fanlight::audio
