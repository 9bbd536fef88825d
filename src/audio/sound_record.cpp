// SPDX-License-Identifier: Apache-2.0
#include "audio/sound_record.h"

#include <algorithm>
#include <cstdlib>

namespace fanlight::audio {
namespace {

/// Of 32,768: converters reach a little less.
constexpr int kFull = 32'600;

}  // namespace

void SoundRecord::add(Place place, std::span<const std::int16_t> sound, GstClockTime at) {
  const std::scoped_lock lock(mutex_);
  histories_[static_cast<std::size_t>(place)].push(sound, at);
  if (place != Place::Captured)
    return;
  captured_ += sound.size();
  clipped_ += static_cast<std::uint64_t>(
      std::ranges::count_if(sound, [](std::int16_t sample) { return std::abs(int{sample}) >= kFull; }));
}

std::vector<float> SoundRecord::copy(Place place, SoundHistory::Moment from, SoundHistory::Moment count) const {
  std::vector<float> sound(static_cast<std::size_t>(count));
  const std::scoped_lock lock(mutex_);
  if (!of(place).copy(from, sound))
    sound.clear();
  return sound;
}

SoundHistory::Moment SoundRecord::end(Place place) const {
  const std::scoped_lock lock(mutex_);
  return of(place).end();
}

double SoundRecord::clipped() const {
  const std::scoped_lock lock(mutex_);
  return captured_ == 0 ? 0 : static_cast<double>(clipped_) / static_cast<double>(captured_);
}

}  // namespace fanlight::audio
