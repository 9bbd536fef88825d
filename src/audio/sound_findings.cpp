// SPDX-License-Identifier: Apache-2.0
#include "audio/sound_findings.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "audio/loudness.h"
#include "audio/test_tone.h"

namespace fanlight::audio {
namespace {

using Moment = SoundHistory::Moment;
using Place = SoundRecord::Place;

constexpr Moment kChirp = Moment{kChirpSamples} * SoundHistory::kRate / kToneSampleRate;
/// Cross-correlation, 1 of the same sound: walls leave half of it, a chirp's chance likeness to noise stays below.
constexpr double kAlike = 0.3;
/// Chirps that came the same way are as late as one another.
constexpr double kSameMs = 5;
/// What is left of the loudest is not told from nothing.
constexpr double kLeastLevel = -96;

struct Match {
  Moment late;
  double alike;
};

double energyOf(std::span<const float> sound) {
  return std::inner_product(sound.begin(), sound.end(), sound.begin(), 0.0);
}

/// Where in `heard` most of `chirp` is.
Match bestMatch(std::span<const float> chirp, std::span<const float> heard) {
  const double sent = energyOf(chirp);
  Match best{0, 0};
  double there = energyOf(heard.first(chirp.size()));
  for (std::size_t at = 0; at + chirp.size() < heard.size(); ++at) {
    const double common = std::inner_product(chirp.begin(), chirp.end(), heard.begin() + static_cast<Moment>(at), 0.0);
    const double alike = there > 0 ? std::abs(common) / std::sqrt(sent * there) : 0;
    if (alike > best.alike)
      best = {static_cast<Moment>(at), alike};
    there += heard[at + chirp.size()] * heard[at + chirp.size()] - heard[at] * heard[at];
  }
  return best;
}

struct Heard {
  double level;
  double delay;
  double behind;
};

std::optional<Heard> find(const SoundRecord& record, Moment sentAt) {
  const auto chirp = record.copy(Place::Sent, sentAt, kChirp);
  const auto played = record.copy(Place::Played, sentAt, kLatestChirp + kChirp);
  const auto captured = record.copy(Place::Captured, sentAt, kLatestChirp + kChirp);
  if (chirp.empty() || played.empty() || captured.empty() || energyOf(chirp) == 0)
    return std::nullopt;
  const Match out = bestMatch(chirp, played);
  const Match back = bestMatch(chirp, captured);
  if (out.alike < kAlike || back.alike < kAlike)
    return std::nullopt;
  const auto level = levelOf(std::span(captured).subspan(static_cast<std::size_t>(back.late), kChirp));
  return Heard{*level, static_cast<double>(back.late) / SoundHistory::kMillisecond,
               static_cast<double>(back.late - out.late) / SoundHistory::kMillisecond};
}

double middleOf(std::vector<Heard> all, double Heard::*figure) {
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::ranges::nth_element(all, middle, {}, figure);
  return (*middle).*figure;
}

}  // namespace

std::optional<double> levelOf(std::span<const float> sound) {
  const double loudness = loudnessOf(sound);
  return loudness > 0 ? std::optional(std::max(20 * std::log10(loudness), kLeastLevel)) : std::nullopt;
}

std::optional<ChirpsHeard> findChirps(const SoundRecord& record, const std::vector<Moment>& sentAt) {
  std::vector<Heard> heard;
  for (const Moment sent : sentAt)
    if (const auto one = find(record, sent))
      heard.push_back(*one);
  if (heard.empty())
    return std::nullopt;
  const double usual = middleOf(heard, &Heard::delay);
  std::erase_if(heard, [usual](const Heard& one) { return std::abs(one.delay - usual) > kSameMs; });
  if (heard.size() < 2)
    return std::nullopt;
  return ChirpsHeard{static_cast<int>(heard.size()), middleOf(heard, &Heard::level), middleOf(heard, &Heard::delay),
                     middleOf(heard, &Heard::behind)};
}

std::optional<double> takenOut(const SoundRecord& record, Moment from, Moment count) {
  const auto captured = levelOf(record.copy(Place::Captured, from, count));
  const auto cleaned = record.copy(Place::Cleaned, from, count);
  if (!captured || cleaned.empty())
    return std::nullopt;
  return *captured - levelOf(cleaned).value_or(kLeastLevel);
}

}  // namespace fanlight::audio
