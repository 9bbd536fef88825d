// SPDX-License-Identifier: Apache-2.0
#include "audio/sound_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>
#include <utility>

#include "audio/test_tone.h"
#include "gst/ref_traits.h"

namespace fanlight::audio {
namespace {

using Place = SoundRecord::Place;
using std::chrono::milliseconds;

constexpr std::size_t kChunk = kToneSampleRate / 100;
constexpr GstClockTime kChunkTime = 10 * GST_MSECOND;
/// By how much the mixer is ahead: what a busy machine may keep the timer waiting.
constexpr GstClockTime kAhead = 250 * GST_MSECOND;
constexpr milliseconds kSupply{50};
/// Nothing is played for so long, twice: to hear the room, and the last chirp in it.
constexpr milliseconds kQuiet{1300};
constexpr SoundHistory::Moment kSecond = SoundHistory::kRate;

constexpr std::size_t kLongestMurmur = std::size_t{20} * kToneSampleRate;
/// Once it is proven, so that what is taken out is measured after that.
constexpr std::size_t kAfterProof = std::size_t{2} * kToneSampleRate;

}  // namespace

/// Noise with the bands and the syllables of speech, which is no one's words: cancellers are made for that.
class SoundCheck::Murmur {
 public:
  void write(std::span<std::int16_t> sound) {
    for (std::int16_t& sample : sound) {
      const double time = static_cast<double>(made_++) / kToneSampleRate;
      low_ += 0.25 * (noise_(random_) - low_);
      lower_ += 0.02 * (low_ - lower_);
      const double syllable = std::max(0.0, std::sin(2 * std::numbers::pi * kSyllables * time));
      const double value = kLoudness * std::sqrt(syllable) * (low_ - lower_);
      sample = static_cast<std::int16_t>(std::clamp(value, -1.0, 1.0) * INT16_MAX);
    }
  }
  std::size_t made() const { return made_; }
  /// The first time that it was proven counts.
  void setProven() { proven_ = proven_.value_or(made_); }
  std::optional<std::size_t> proven() const { return proven_; }

 private:
  static constexpr double kSyllables = 3.3;  ///< Hz
  static constexpr double kLoudness = 0.7;   ///< as loud as somebody who talks

  // Always the same, so that two checks can be compared.
  std::mt19937 random_{1};
  std::normal_distribution<double> noise_;
  double low_ = 0;
  double lower_ = 0;
  std::size_t made_ = 0;
  std::optional<std::size_t> proven_;
};

SoundCheck::SoundCheck(const config::Audio& settings, const SoundServices& services, Done done)
    : services_(services), done_(std::move(done)), murmur_(std::make_unique<Murmur>()) {
  const auto onState = lifetime_.bind([this] { onDevice(); });
  if (settings.microphone != config::SoundKind::None)
    microphone_ = std::make_unique<Microphone>(settings, services, reference_, onState);
  if (settings.speaker != config::SoundKind::None)
    speaker_ = std::make_unique<Speaker>(settings, services, reference_, onState);
  if (microphone_)
    view_ = microphone_->view();
  if (speaker_)
    voice_ = speaker_->voice();
}

SoundCheck::~SoundCheck() = default;

void SoundCheck::onDevice() {
  const auto isKnown = [](const auto& device) {
    return !device || device->state() == media::Supervisor::State::Live ||
           device->state() == media::Supervisor::State::Away;
  };
  if (isUnderWay_ || !isKnown(microphone_) || !isKnown(speaker_))
    return;
  isUnderWay_ = true;
  const auto describe = [](const auto& device) -> std::optional<Device> {
    if (!device)
      return std::nullopt;
    return Device{device->state() == media::Supervisor::State::Live, device->reason()};
  };
  findings_.microphone = describe(microphone_);
  findings_.speaker = describe(speaker_);
  after(kQuiet, &SoundCheck::listen);
}

void SoundCheck::listen() {
  findings_.room = levelOf(record_->copy(Place::Captured, record_->end(Place::Captured) - kSecond, kSecond));
  if (findings_.speaker && findings_.speaker->works)
    chirp();
  else
    finish();
}

void SoundCheck::chirp() {
  playsUntil_ = now() + kAhead;
  for (int i = 0; i < kChirps; ++i)
    chirps_.push_back(SoundHistory::momentOf(playsUntil_ + static_cast<GstClockTime>(i) * GST_SECOND));
  findings_.isPlayed = true;
  play(
      [at = std::size_t{0}](std::span<std::int16_t> sound) mutable {
        writeChirps(sound, static_cast<std::int64_t>(at));
        at += sound.size();
        return at <= std::size_t{kChirps} * kToneSampleRate;
      },
      [this] { after(kQuiet, &SoundCheck::afterChirps); });
}

void SoundCheck::afterChirps() {
  findings_.chirps = findChirps(*record_, chirps_);
  findings_.clipped = record_->clipped();
  const bool isCancelled = microphone_ && microphone_->settings().voiceProcessing;
  if (findings_.chirps && isCancelled)
    murmur();
  else
    finish();
}

void SoundCheck::murmur() {
  playsUntil_ = now() + kAhead;
  play(
      [this](std::span<std::int16_t> sound) {
        murmur_->write(sound);
        if (reference_->watch().isProven())
          murmur_->setProven();
        return murmur_->made() < kLongestMurmur &&
               murmur_->made() < murmur_->proven().value_or(kLongestMurmur) + kAfterProof;
      },
      [this] { afterMurmur(); });
}

void SoundCheck::afterMurmur() {
  const auto count = static_cast<Moment>(kAfterProof / kToneSampleRate) * kSecond;
  findings_.takenOut = takenOut(*record_, record_->end(Place::Cleaned) - count, count);
  if (const auto proven = murmur_->proven())
    findings_.proven = std::chrono::seconds(*proven / kToneSampleRate);
  finish();
}

void SoundCheck::finish() {
  view_ = {};
  voice_ = {};
  open_ = (microphone_ ? 1 : 0) + (speaker_ ? 1 : 0);
  const auto onClosed = lifetime_.bind([this] {
    if (--open_ == 0)
      done_(findings_);
  });
  if (microphone_)
    microphone_->close(onClosed);
  if (speaker_)
    speaker_->close(onClosed);
}

void SoundCheck::play(std::function<bool(std::span<std::int16_t>)> next, std::function<void()> then) {
  timer_ = glib::EventSource::timer(services_.context, kSupply, [this, next = std::move(next), then = std::move(then)] {
    std::array<std::int16_t, kChunk> sound{};
    while (playsUntil_ < now() + kAhead) {
      if (!next(sound)) {
        then();
        return glib::Continue::No;
      }
      const auto buffer = gst::Ref<GstBuffer>::adopt(gst_buffer_new_memdup(sound.data(), sizeof sound));
      GST_BUFFER_PTS(buffer.get()) = playsUntil_;
      GST_BUFFER_DURATION(buffer.get()) = kChunkTime;
      record_->add(Place::Sent, sound, playsUntil_);
      voice_.sink->push(buffer.get());
      playsUntil_ += kChunkTime;
    }
    return glib::Continue::Yes;
  });
}

void SoundCheck::after(milliseconds time, void (SoundCheck::*next)()) {
  timer_ = glib::EventSource::timer(services_.context, time, [this, next] {
    (this->*next)();
    return glib::Continue::No;
  });
}

}  // namespace fanlight::audio
