// SPDX-License-Identifier: Apache-2.0
// By how much a sound comes back later than the times of speaker and microphone say. Bluetooth, HDMI, USB boxes and
// sound servers on the network delay it by more than they tell. Found by correlation of what was played with what was
// captured, each frequency weighed by how much of it the two have in common. Any one thread.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "audio/fourier.h"
#include "audio/sound_history.h"

namespace fanlight::audio {

class EchoDelay {
 public:
  using Moment = SoundHistory::Moment;
  /// What is looked for: an echo that is between these late.
  static constexpr Moment kLatest = 400 * SoundHistory::kMillisecond;
  static constexpr Moment kEarliest = -100 * SoundHistory::kMillisecond;
  /// Of what was captured, at one look; and how much later the next look is.
  static constexpr std::size_t kCaptured = 4096;
  static constexpr std::size_t kHop = 2048;
  /// Of what was played, beginning kLatest before what was captured.
  static constexpr std::size_t kPlayed = 8192;

  EchoDelay();

  /// One look, while something audible is played.
  void add(std::span<const float> played, std::span<const float> captured);
  /// Since some looks in a row agree, and the last ones did not all see nothing: how late the first of the echo is, in
  /// ms.
  std::optional<double> found() const { return found_; }
  void reset();

  /// Of the last look, for tests and the log: by how much its peak stands out.
  float clearness() const { return clearness_; }

 private:
  struct Peak {
    double delay;     ///< ms
    float clearness;  ///< times the median
  };
  Peak look() const;
  void judge(const Peak& peak);

  Fourier fourier_{kPlayed};
  std::vector<float> window_;
  Spectrum cross_;
  std::vector<float> played_;    ///< energy by frequency
  std::vector<float> captured_;  ///< likewise
  std::optional<double> candidate_;
  int agreed_ = 0;
  int unclear_ = 0;
  float clearness_ = 0;
  std::optional<double> found_;
};

}  // namespace fanlight::audio
