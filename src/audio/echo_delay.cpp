// SPDX-License-Identifier: Apache-2.0
#include "audio/echo_delay.h"

#include <algorithm>
#include <cmath>

namespace fanlight::audio {
namespace {

/// Looks overlap by half, so that this remembers about two seconds.
constexpr float kForget = 1.0F / 8;
/// Frequencies that are compared, in steps of the spectrum.
constexpr std::size_t kFrom = SoundHistory::kLowest * EchoDelay::kPlayed / SoundHistory::kRate;
constexpr std::size_t kTo = SoundHistory::kHighest * EchoDelay::kPlayed / SoundHistory::kRate;
/// Times the median of all delays. What has nothing in common comes up to 10 now and then; an echo has hundreds.
constexpr float kClear = 15;
/// The first of an echo may be weaker than what a wall makes of it just after.
constexpr float kFirst = 0.5;
constexpr EchoDelay::Moment kWalls = 30 * SoundHistory::kMillisecond;
/// Looks that have to agree, within what the peak's own width is.
constexpr int kAgreed = 4;
constexpr double kSame = 2;
/// Looks without a clear peak, or with one elsewhere, after which nothing is known any more: five seconds of sound.
constexpr int kLost = 20;

/// Where between its neighbours a peak is, of a parabola through the three.
double summit(float before, float peak, float after) {
  const double bend = before - 2.0 * peak + after;
  return bend < 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0;
}

}  // namespace

EchoDelay::EchoDelay()
    : window_(hannWindow(kCaptured)), cross_(kPlayed / 2 + 1), played_(kPlayed / 2 + 1), captured_(kPlayed / 2 + 1) {}

void EchoDelay::reset() {
  std::ranges::fill(cross_, std::complex<float>());
  std::ranges::fill(played_, 0.0F);
  std::ranges::fill(captured_, 0.0F);
  candidate_.reset();
  found_.reset();
  agreed_ = unclear_ = 0;
  clearness_ = 0;
}

void EchoDelay::add(std::span<const float> played, std::span<const float> captured) {
  std::vector<float> padded(kPlayed);
  std::ranges::transform(captured, window_, padded.begin(), std::multiplies());
  const Spectrum there = fourier_.spectrumOf(played);
  const Spectrum back = fourier_.spectrumOf(padded);
  for (std::size_t i = 0; i < cross_.size(); ++i) {
    cross_[i] += kForget * (there[i] * std::conj(back[i]) - cross_[i]);
    played_[i] += kForget * (std::norm(there[i]) - played_[i]);
    captured_[i] += kForget * (std::norm(back[i]) - captured_[i]);
  }
  judge(look());
}

EchoDelay::Peak EchoDelay::look() const {
  Spectrum whitened(cross_.size());
  for (std::size_t i = kFrom; i < kTo; ++i) {
    const float both = std::sqrt(played_[i] * captured_[i]);
    whitened[i] = both > 0 ? cross_[i] / both : 0;
  }
  std::vector<float> alike = fourier_.soundOf(whitened);
  // What was captured fits this far into what was played without wrapping around: from kLatest on, the less late.
  alike.resize(kLatest - kEarliest + 1);
  std::ranges::transform(alike, alike.begin(), [](float value) { return std::abs(value); });
  const auto highest = std::ranges::max_element(alike);
  const auto until = std::min<std::ptrdiff_t>(alike.end() - highest - 1, kWalls);
  auto first = highest;
  for (auto at = highest + 1; at < highest + until; ++at)
    if (*at > kFirst * *highest && *at >= at[-1] && *at >= at[1])
      first = at;
  const bool isInside = first != alike.begin() && first + 1 != alike.end();
  const double place =
      static_cast<double>(first - alike.begin()) + (isInside ? summit(first[-1], *first, first[1]) : 0);
  const double delay = (static_cast<double>(kLatest) - place) / SoundHistory::kMillisecond;
  const float peak = *highest;
  const auto middle = alike.begin() + static_cast<std::ptrdiff_t>(alike.size()) / 2;
  std::ranges::nth_element(alike, middle);
  return {delay, *middle > 0 ? peak / *middle : 0};
}

void EchoDelay::judge(const Peak& peak) {
  clearness_ = peak.clearness;
  const bool isClear = peak.clearness >= kClear;
  const bool isSame = isClear && candidate_ && std::abs(*candidate_ - peak.delay) <= kSame;
  agreed_ = isSame ? agreed_ + 1 : isClear ? 1 : 0;
  candidate_ = isClear ? std::optional(peak.delay) : std::nullopt;
  if (agreed_ >= kAgreed) {
    found_ = peak.delay;
    unclear_ = 0;
  } else if (++unclear_ >= kLost) {
    found_.reset();
  }
}

}  // namespace fanlight::audio
