// SPDX-License-Identifier: Apache-2.0
// Looks at a speaker's sound before it is played and at a microphone's before and after the canceller: how late the
// echo is, and whether the canceller takes it out. Does nothing while nothing is played, and looks at nothing while
// nothing audible is.
#pragma once

#include <atomic>
#include <mutex>
#include <span>

#include "audio/delay_follower.h"
#include "audio/echo_delay.h"
#include "audio/echo_loss.h"
#include "audio/sound_history.h"

namespace fanlight::audio {

/// What the canceller takes out, so that both may be heard at once: at least kProvenLoss over kProvenSound of audible
/// sound; less than kKeptLoss is no longer enough.
inline constexpr double kProvenLoss = 15;  ///< dB
inline constexpr double kKeptLoss = 10;    ///< dB
inline constexpr GstClockTime kProvenSound = 3 * GST_SECOND;
/// The same where a device begins anew and the echo is where it was when that was proven last.
inline constexpr GstClockTime kProvenAgainSound = GST_SECOND;

class EchoWatch {
 public:
  /// A speaker or a microphone begins anew: nothing is proven. Where the echo was is where it is looked for at first.
  void restart();

  /// Sound is media::kVoiceCaps, times are running times. By the speaker's streaming thread.
  void played(std::span<const std::int16_t> sound, GstClockTime at);
  /// By the microphone's streaming thread, both.
  void captured(std::span<const std::int16_t> sound, GstClockTime at);
  void cleaned(std::span<const std::int16_t> sound, GstClockTime at);

  /// By how much the echo is later than the times say. Any thread.
  DelayFollower::Course course() const;
  /// Any thread.
  bool isProven() const { return isProven_.load(std::memory_order_relaxed); }
  /// Of the last look, in dB; for the log. By the microphone's streaming thread.
  EchoLoss::Figures figures() const { return echoLoss_.figures(); }

 private:
  using Moment = SoundHistory::Moment;

  /// Whether what was captured at `at` may hold what was played.
  bool mayHoldEcho(GstClockTime at) const;
  /// What was played from `from` on; false: it is not all there, or not audible.
  bool copyAudible(Moment from, std::span<float> sound) const;
  Moment playedEnd() const;
  /// As far as there is sound for it.
  void lookForDelay();
  void lookForLoss();
  void follow(GstClockTime at);
  void judge(const EchoLoss::Figures& figures);
  /// Looks in a row that prove it.
  int needed() const;
  void prove(bool isProven);

  mutable std::mutex mutex_;  ///< guards played_ and course_
  SoundHistory played_{32'768};
  SoundHistory captured_{16'384};
  SoundHistory cleaned_{16'384};
  DelayFollower::Course course_;
  EchoDelay echoDelay_;
  DelayFollower follower_;
  EchoLoss echoLoss_;
  Moment delayFrom_ = 0;
  Moment lossFrom_ = 0;
  unsigned looks_ = 0;
  int good_ = 0;
  int bad_ = 0;
  std::optional<double> provenAt_;  ///< ms: how late the echo was that was known to be taken out, up to now
  std::atomic<GstClockTime> playedLast_ = 0;
  std::atomic<bool> isRestarted_ = false;
  std::atomic<bool> isProven_ = false;
};

}  // namespace fanlight::audio
