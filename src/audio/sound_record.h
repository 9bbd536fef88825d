// SPDX-License-Identifier: Apache-2.0
// What a speaker was given, what it played and what the microphone beside it captured, for as long as a check takes.
// Any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "audio/sound_history.h"

namespace fanlight::audio {

class SoundRecord {
 public:
  /// What is older than a minute is forgotten.
  static constexpr std::size_t kMost = std::size_t{1} << 19;

  /// Each at its own place on the way of a sound: into the mixer, out of the speaker, into the microphone, and out of
  /// the canceller.
  enum class Place { Sent, Played, Captured, Cleaned };

  /// media::kVoiceCaps, by running times.
  void add(Place place, std::span<const std::int16_t> sound, GstClockTime at);

  /// At SoundHistory::kRate. Empty where it is not all there.
  std::vector<float> copy(Place place, SoundHistory::Moment from, SoundHistory::Moment count) const;
  SoundHistory::Moment end(Place place) const;
  /// Of what was captured: the share of samples that are as loud as there can be.
  double clipped() const;

 private:
  const SoundHistory& of(Place place) const { return histories_[static_cast<std::size_t>(place)]; }

  mutable std::mutex mutex_;
  std::vector<SoundHistory> histories_ = std::vector<SoundHistory>(4, SoundHistory(kMost));
  std::uint64_t captured_ = 0;
  std::uint64_t clipped_ = 0;
};

}  // namespace fanlight::audio
