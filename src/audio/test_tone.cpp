// SPDX-License-Identifier: Apache-2.0
// A linear chirp under a Hann window, which begins and ends in silence.
#include "audio/test_tone.h"

#include <chrono>
#include <cmath>
#include <numbers>

namespace fanlight::audio {
namespace {

/// Half of what there is, so that nothing behind it clips.
constexpr double kAmplitude = 16'000;

std::int16_t chirp(std::int64_t sample) {
  if (sample >= kChirpSamples)
    return 0;
  const double seconds = static_cast<double>(sample) / kToneSampleRate;
  const double sweep = (kChirpTo - kChirpFrom) / (static_cast<double>(kChirpSamples) / kToneSampleRate);
  const double phase = 2 * std::numbers::pi * (kChirpFrom * seconds + sweep * seconds * seconds / 2);
  const double window = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(sample) / kChirpSamples);
  return static_cast<std::int16_t>(std::lround(kAmplitude * window * std::sin(phase)));
}

/// The moment of a running time, in samples since 1970.
std::int64_t wallSamples(GstElement* element, GstClockTime runningTime) {
  using std::chrono::nanoseconds;
  const auto now = std::chrono::duration_cast<nanoseconds>(std::chrono::system_clock::now().time_since_epoch());
  const GstClockTimeDiff ahead = GST_CLOCK_DIFF(gst_element_get_current_running_time(element), runningTime);
  const std::int64_t moment = now.count() + ahead;
  return moment / GST_SECOND * kToneSampleRate + moment % GST_SECOND * kToneSampleRate / GST_SECOND;
}

}  // namespace

gst::PadProbe writeTestTone(GstElement* tone) {
  return gst::PadProbe(gst::staticPad(tone, "src"), GST_PAD_PROBE_TYPE_BUFFER, [](GstPad* pad, GstPadProbeInfo* info) {
    GstBuffer* buffer = gst_buffer_make_writable(GST_PAD_PROBE_INFO_BUFFER(info));
    GST_PAD_PROBE_INFO_DATA(info) = buffer;
    GstMapInfo map = GST_MAP_INFO_INIT;
    if (!gst_buffer_map(buffer, &map, GST_MAP_WRITE))
      return GST_PAD_PROBE_OK;
    const auto element = gst::Ref<GstElement>::adopt(gst_pad_get_parent_element(pad));
    writeChirps({reinterpret_cast<std::int16_t*>(map.data), map.size / sizeof(std::int16_t)},
                wallSamples(element.get(), GST_BUFFER_PTS(buffer)) % kToneSampleRate);
    gst_buffer_unmap(buffer, &map);
    return GST_PAD_PROBE_OK;
  });
}

void writeChirps(std::span<std::int16_t> samples, std::int64_t at) {
  for (std::int16_t& sample : samples)
    sample = chirp(at++ % kToneSampleRate);
}

}  // namespace fanlight::audio
