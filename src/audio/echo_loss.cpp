// SPDX-License-Identifier: Apache-2.0
#include "audio/echo_loss.h"

#include <algorithm>
#include <cmath>

namespace fanlight::audio {
namespace {

/// Looks overlap by half, so that this remembers about a second.
constexpr float kForget = 1.0F / 16;
constexpr float kForgetLatest = 1.0F / 5;
/// A room changes slowly.
constexpr float kForgetRoom = 1.0F / 64;
/// Any two sounds have that much in common in so few looks.
constexpr double kByChance = 0.06;
/// Frequencies that count, in steps of the spectrum.
constexpr std::size_t kFrom = SoundHistory::kLowest * EchoLoss::kBlock / SoundHistory::kRate;
constexpr std::size_t kTo = SoundHistory::kHighest * EchoLoss::kBlock / SoundHistory::kRate;
/// Rounding to 16 bits, so that silence is no division by nothing.
constexpr double kNothing = 1e-10 * EchoLoss::kBlock;

double decibels(double ratio) {
  return 10 * std::log10(ratio);
}

double sumOf(const std::vector<float>& energies) {
  double sum = kNothing;
  for (std::size_t i = kFrom; i < kTo; ++i)
    sum += energies[i];
  return sum;
}

void remember(float& value, float next, float share) {
  value += share * (next - value);
}

}  // namespace

EchoLoss::EchoLoss() : window_(hannWindow(kBlock)) {
  reset();
}

void EchoLoss::reset() {
  const std::vector<float> none(kBlock / 2 + 1);
  played_ = none;
  captured_ = {Spectrum(none.size()), none, none};
  cleaned_ = captured_;
  playedLatest_ = playedMostly_ = echoMostly_ = none;
}

void EchoLoss::add(std::span<const float> played, std::span<const float> captured, std::span<const float> cleaned) {
  const Spectrum there = spectrumOf(played);
  for (std::size_t i = 0; i < there.size(); ++i) {
    remember(played_[i], std::norm(there[i]), kForget);
    remember(playedLatest_[i], std::norm(there[i]), kForgetLatest);
  }
  add(there, captured, captured_);
  add(there, cleaned, cleaned_);
  if (commonEnergy(captured_) < kMostlyEcho * sumOf(captured_.energy))
    return;
  for (std::size_t i = 0; i < there.size(); ++i) {
    remember(playedMostly_[i], played_[i], kForgetRoom);
    remember(echoMostly_[i], captured_.energy[i], kForgetRoom);
  }
}

Spectrum EchoLoss::spectrumOf(std::span<const float> sound) const {
  std::vector<float> faded(kBlock);
  std::ranges::transform(sound, window_, faded.begin(), std::multiplies());
  return fourier_.spectrumOf(faded);
}

void EchoLoss::add(const Spectrum& there, std::span<const float> sound, Heard& heard) const {
  const Spectrum back = spectrumOf(sound);
  for (std::size_t i = 0; i < back.size(); ++i) {
    heard.cross[i] += kForget * (there[i] * std::conj(back[i]) - heard.cross[i]);
    remember(heard.energy[i], std::norm(back[i]), kForget);
    remember(heard.latest[i], std::norm(back[i]), kForgetLatest);
  }
}

double EchoLoss::commonEnergy(const Heard& heard) const {
  double common = 0;
  for (std::size_t i = kFrom; i < kTo; ++i)
    common += played_[i] > 0 ? std::norm(heard.cross[i]) / played_[i] : 0;
  return std::max(0.0, common - kByChance * sumOf(heard.energy)) + kNothing;
}

double EchoLoss::usualEcho() const {
  double echo = kNothing;
  for (std::size_t i = kFrom; i < kTo; ++i)
    echo += playedMostly_[i] > 0 ? static_cast<double>(playedLatest_[i]) * echoMostly_[i] / playedMostly_[i] : 0;
  return echo;
}

EchoLoss::Figures EchoLoss::figures() const {
  const double echo = commonEnergy(captured_);
  const double captured = sumOf(captured_.latest);
  return {echo / sumOf(captured_.energy), decibels(echo / commonEnergy(cleaned_)),
          decibels(captured / sumOf(cleaned_.latest)), captured / usualEcho()};
}

}  // namespace fanlight::audio
