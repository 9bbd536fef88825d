// SPDX-License-Identifier: Apache-2.0
// The test tone: a short chirp at the beginning of each second of wall time, which a person hears and a machine finds
// by correlation. Streaming thread.
#pragma once

#include <cstdint>
#include <span>

#include "gst/element.h"

namespace fanlight::audio {

inline constexpr int kToneSampleRate = 48'000;
/// From its lowest frequency to its highest, in hertz, and how long that takes, in samples.
inline constexpr double kChirpFrom = 600;
inline constexpr double kChirpTo = 2400;
inline constexpr int kChirpSamples = kToneSampleRate / 10;

/// Writes into each buffer that leaves `tone` (S16, mono, 48 kHz): what a microphone beside the clock would have heard.
[[nodiscard]] gst::PadProbe writeTestTone(GstElement* tone);

/// Fills `samples`, of which the first is the one `at` samples behind the beginning of a second.
void writeChirps(std::span<std::int16_t> samples, std::int64_t at);

}  // namespace fanlight::audio
