// SPDX-License-Identifier: Apache-2.0
// Tries one [[audio]] as a talk would use it: chirps go through the mixer to the speaker, come back by the microphone,
// and pass the echo canceller. Main thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "audio/microphone.h"
#include "audio/sound_findings.h"
#include "audio/speaker.h"
#include "glib/lifetime.h"

namespace fanlight::audio {

class SoundCheck {
 public:
  static constexpr int kChirps = 3;

  struct Device {
    bool works = false;
    std::string reason;  ///< why it does not, for a person
  };
  /// In the order in which it becomes known; what comes after something that does not work is missing.
  struct Findings {
    std::optional<Device> microphone;  ///< none: it has none
    std::optional<Device> speaker;     ///< likewise
    std::optional<double> room;        ///< while nothing is played, dB of full scale; none: nothing but zeros
    bool isPlayed = false;             ///< the chirps were given to the speaker
    std::optional<ChirpsHeard> chirps;
    double clipped = 0;              ///< share of samples
    std::optional<double> takenOut;  ///< of the echo, dB; none: there is no canceller
    /// After so much of a speaker's sound both sides may speak at once; none: not as far as was tried.
    std::optional<std::chrono::seconds> proven;
  };
  using Done = std::function<void(const Findings&)>;

  /// `settings`: with a microphone, a speaker or both. Calls `done` once, when the devices are closed again: after half
  /// a minute at most.
  SoundCheck(const config::Audio& settings, const SoundServices& services, Done done);
  SoundCheck(const SoundCheck&) = delete;
  SoundCheck& operator=(const SoundCheck&) = delete;
  ~SoundCheck();

 private:
  class Murmur;
  using Moment = SoundHistory::Moment;

  void onDevice();
  void listen();
  void chirp();
  void afterChirps();
  void murmur();
  void afterMurmur();
  void finish();
  /// Keeps the speaker's mixer supplied by `next`, until that has no more.
  void play(std::function<bool(std::span<std::int16_t>)> next, std::function<void()> then);
  void after(std::chrono::milliseconds time, void (SoundCheck::*next)());
  GstClockTime now() const { return services_.timeBase.runningTime(); }

  const SoundServices services_;
  const Done done_;
  const std::shared_ptr<SoundRecord> record_ = std::make_shared<SoundRecord>();
  const std::shared_ptr<EchoReference> reference_ = std::make_shared<EchoReference>(record_);
  std::unique_ptr<Microphone> microphone_;
  std::unique_ptr<Speaker> speaker_;
  media::View view_;
  media::Voice voice_;
  Findings findings_;
  bool isUnderWay_ = false;
  int open_ = 0;  ///< devices
  std::unique_ptr<Murmur> murmur_;
  GstClockTime playsUntil_ = 0;
  std::vector<Moment> chirps_;
  glib::EventSource timer_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::audio
