// SPDX-License-Identifier: Apache-2.0
// The last seconds of a sound by their times, at a sixth of its rate, which is enough to compare sounds with one
// another. Any one thread at a time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <gst/gst.h>

namespace fanlight::audio {

class SoundHistory {
 public:
  static constexpr int kRate = 8'000;
  /// A moment in running time, counted in samples at kRate.
  using Moment = std::int64_t;
  static constexpr Moment momentOf(GstClockTime time) { return static_cast<Moment>(time / (GST_SECOND / kRate)); }
  static constexpr Moment kMillisecond = kRate / 1000;
  /// Hz: what small speakers give, and what the filter leaves.
  static constexpr int kLowest = 250;
  static constexpr int kHighest = 3'500;

  /// `capacity`: in samples at kRate; a power of two.
  explicit SoundHistory(std::size_t capacity);

  /// Media::kVoiceCaps, which begins at the running time `at`. A hole becomes silence; where time goes back or far
  /// ahead, what was before is forgotten.
  void push(std::span<const std::int16_t> sound, GstClockTime at);
  /// False: not all from `from` on is there, any more or yet.
  bool copy(Moment from, std::span<float> sound) const;
  /// Behind the last sample.
  Moment end() const { return end_; }

 private:
  void moveTo(Moment moment);
  void put(float sample);

  std::vector<float> ring_;
  std::vector<float> inputs_;  ///< the last ones, as many as the filter is long
  std::size_t input_ = 0;      ///< the oldest of them
  int phase_ = 0;              ///< inputs since the last sample
  Moment begin_ = 0;
  Moment end_ = 0;
};

}  // namespace fanlight::audio
