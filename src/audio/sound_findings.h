// SPDX-License-Identifier: Apache-2.0
// What a record of chirps says: whether a microphone hears the speaker beside it, how loud, and how late. Any thread.
#pragma once

#include <optional>
#include <vector>

#include "audio/sound_record.h"

namespace fanlight::audio {

/// Of full scale, in dB; of what is all zeros nullopt.
std::optional<double> levelOf(std::span<const float> sound);

struct ChirpsHeard {
  int count = 0;      ///< of those that were sent; the rest is of these
  double level = 0;   ///< as it was captured, dB of full scale
  double delay = 0;   ///< ms from the mixer back to the microphone
  double behind = 0;  ///< ms of these by which it came later than the devices' own times say
};

/// Looks for chirps that were sent at `sentAt`, in what was captured up to kLatestChirp later. Two at least must have
/// come back equally late; else none has. Nothing else that sounds is taken for one.
std::optional<ChirpsHeard> findChirps(const SoundRecord& record, const std::vector<SoundHistory::Moment>& sentAt);

inline constexpr SoundHistory::Moment kLatestChirp = 850 * SoundHistory::kMillisecond;

/// By how much less is left of what was captured in `count` samples from `from` on, in dB.
std::optional<double> takenOut(const SoundRecord& record, SoundHistory::Moment from, SoundHistory::Moment count);

}  // namespace fanlight::audio
