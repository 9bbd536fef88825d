// SPDX-License-Identifier: Apache-2.0
// Delays a sound by any fraction of a sample, and changes that without a seam. Any one thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fanlight::audio {

class SlewingDelay {
 public:
  /// `most`: samples.
  explicit SlewingDelay(std::size_t most);

  /// From the next sample on.
  void jumpTo(double samples);
  /// Of media::kVoiceCaps, in place; the delay is `samples` at its end and gets there evenly.
  void pass(std::span<std::int16_t> sound, double samples);

 private:
  double at(double behind) const;

  std::vector<float> line_;
  std::size_t next_ = 0;
  double delay_ = 0;
};

}  // namespace fanlight::audio
