// SPDX-License-Identifier: Apache-2.0
// How much of a speaker's echo the canceller takes out of what the microphone captured: echo return loss enhancement.
// The echo is told from everything else by what it has in common with what was played. Any one thread.
#pragma once

#include <span>
#include <vector>

#include "audio/fourier.h"
#include "audio/sound_history.h"

namespace fanlight::audio {

class EchoLoss {
 public:
  /// Of one look, and how much later the next look is.
  static constexpr std::size_t kBlock = 1024;
  static constexpr std::size_t kHop = 512;
  /// From this share on what was captured tells how loud an echo is, and that it is taken out.
  static constexpr double kMostlyEcho = 0.5;

  struct Figures {
    // Of about the last second.
    double share;  ///< of what was captured that is echo, 0 to 1
    double echo;   ///< what has in common with what was played: captured to what is left, in dB
    // Of a third of it.
    double all;       ///< everything that was captured to what is left, in dB; a voice near the microphone lowers it
    double loudness;  ///< of what was captured: 1 is what it is mostly while most of it is echo
  };

  EchoLoss();

  /// `played`: what comes back in `captured`, and may in `cleaned`.
  void add(std::span<const float> played, std::span<const float> captured, std::span<const float> cleaned);
  Figures figures() const;
  void reset();

 private:
  /// By frequency; `cross`: with what was played.
  struct Heard {
    Spectrum cross;
    std::vector<float> energy;
    std::vector<float> latest;  ///< energy, of a third of the time
  };
  Spectrum spectrumOf(std::span<const float> sound) const;
  void add(const Spectrum& there, std::span<const float> sound, Heard& heard) const;
  double commonEnergy(const Heard& heard) const;
  double usualEcho() const;

  Fourier fourier_{kBlock};
  std::vector<float> window_;
  std::vector<float> played_;  ///< energy, by frequency
  std::vector<float> playedLatest_;
  Heard captured_;
  Heard cleaned_;
  std::vector<float> playedMostly_;  ///< energy of what was played while most of what was captured was its echo
  std::vector<float> echoMostly_;    ///< and of what was captured then
};

}  // namespace fanlight::audio
