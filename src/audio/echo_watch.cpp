// SPDX-License-Identifier: Apache-2.0
#include "audio/echo_watch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "audio/loudness.h"
#include "base/log.h"

namespace fanlight::audio {
namespace {

using Moment = SoundHistory::Moment;

constexpr Moment kLossHop = EchoLoss::kHop;
constexpr Moment kDelayHop = EchoDelay::kHop;
/// Looks, of audible sound.
constexpr int kGood = static_cast<int>(SoundHistory::momentOf(kProvenSound) / kLossHop);
constexpr int kGoodAgain = static_cast<int>(SoundHistory::momentOf(kProvenAgainSound) / kLossHop);
constexpr int kBad = static_cast<int>(SoundHistory::momentOf(500 * GST_MSECOND) / kLossHop);
constexpr int kLogged = 32;
/// Of echo in what was captured: less is not enough to show that it is not taken out.
constexpr double kSomeEcho = 0.3;
/// Who speaks near the microphone makes what is captured at least this much louder than the echo alone.
constexpr double kWithAnother = 1.5;
/// After so long nothing of what was played comes back any more.
constexpr GstClockTime kForgotten = GST_SECOND;
/// What the canceller's filter has learnt is not worth anything after such a jump, in ms.
constexpr double kElsewhere = 20;

Moment samplesIn(double milliseconds) {
  return std::lround(milliseconds * SoundHistory::kMillisecond);
}

}  // namespace

void EchoWatch::restart() {
  isProven_ = false;
  isRestarted_ = true;
}

void EchoWatch::played(std::span<const std::int16_t> sound, GstClockTime at) {
  playedLast_ = at;
  const std::scoped_lock lock(mutex_);
  played_.push(sound, at);
}

void EchoWatch::captured(std::span<const std::int16_t> sound, GstClockTime at) {
  if (mayHoldEcho(at))
    captured_.push(sound, at);
}

void EchoWatch::cleaned(std::span<const std::int16_t> sound, GstClockTime at) {
  if (isRestarted_.exchange(false)) {
    echoDelay_.reset();
    echoLoss_.reset();
    follower_.restart();
    prove(false);
  }
  if (!mayHoldEcho(at))
    return;
  cleaned_.push(sound, at);
  lookForDelay();
  lookForLoss();
}

bool EchoWatch::mayHoldEcho(GstClockTime at) const {
  return at < playedLast_.load(std::memory_order_relaxed) + kForgotten;
}

bool EchoWatch::copyAudible(Moment from, std::span<float> sound) const {
  const std::scoped_lock lock(mutex_);
  return played_.copy(from, sound) && loudnessOf(std::span<const float>(sound)) > kAudible;
}

EchoWatch::Moment EchoWatch::playedEnd() const {
  const std::scoped_lock lock(mutex_);
  return played_.end();
}

DelayFollower::Course EchoWatch::course() const {
  const std::scoped_lock lock(mutex_);
  return course_;
}

void EchoWatch::lookForDelay() {
  // An echo may be early, so that what is played a little later belongs to it.
  constexpr Moment kPlayedBehind = EchoDelay::kPlayed - EchoDelay::kLatest;
  const Moment end = std::min(captured_.end(), playedEnd()) - kPlayedBehind;
  if (end - delayFrom_ < kDelayHop)
    return;
  delayFrom_ = end;
  std::array<float, EchoDelay::kCaptured> captured{};
  std::array<float, EchoDelay::kPlayed> played{};
  if (!captured_.copy(end, captured) || !copyAudible(end - EchoDelay::kLatest, played))
    return;
  echoDelay_.add(played, captured);
  follow(static_cast<GstClockTime>(end) * (GST_SECOND / SoundHistory::kRate));
}

void EchoWatch::follow(GstClockTime at) {
  const auto found = echoDelay_.found();
  if (!found) {
    if (isProven_)
      prove(false);
    return;
  }
  const auto jump = follower_.found(*found, at);
  {
    const std::scoped_lock lock(mutex_);
    course_ = follower_.course();
  }
  if (!jump)
    return;
  echoLoss_.reset();
  if (std::abs(*jump) > kElsewhere)
    prove(false);
}

void EchoWatch::lookForLoss() {
  const auto found = echoDelay_.found();
  const Moment from = cleaned_.end() - static_cast<Moment>(EchoLoss::kBlock);
  if (!found || from - lossFrom_ < kLossHop)
    return;
  lossFrom_ = from;
  std::array<float, EchoLoss::kBlock> played{};
  std::array<float, EchoLoss::kBlock> captured{};
  std::array<float, EchoLoss::kBlock> cleaned{};
  if (!captured_.copy(from, captured) || !cleaned_.copy(from, cleaned) ||
      !copyAudible(from - samplesIn(*found), played))
    return;
  echoLoss_.add(played, captured, cleaned);
  judge(echoLoss_.figures());
}

void EchoWatch::judge(const EchoLoss::Figures& figures) {
  if (++looks_ % kLogged == 0)
    base::logDebug("audio",
                   "of what is captured {:.0f} % are echo, {:.1f} ms late, {:.1f} times as loud as it mostly is; "
                   "{:.1f} dB less are left, and {:.1f} dB less of the echo",
                   100 * figures.share, course_.delay, figures.loudness, figures.all, figures.echo);
  const bool isGood = figures.share >= EchoLoss::kMostlyEcho && figures.all >= kProvenLoss;
  const bool isBad = (figures.share >= kSomeEcho && figures.echo < kKeptLoss) ||
                     (figures.loudness < kWithAnother && figures.all < kKeptLoss);
  good_ = isGood ? good_ + 1 : isBad ? 0 : good_;
  bad_ = isBad ? bad_ + 1 : isGood ? 0 : bad_;
  if (!isProven_ && good_ >= needed()) {
    prove(true);
    provenAt_ = course_.delay;
  } else if (bad_ >= kBad) {
    provenAt_.reset();
    prove(false);
  }
}

int EchoWatch::needed() const {
  return provenAt_ && std::abs(*provenAt_ - course_.delay) < kElsewhere ? kGoodAgain : kGood;
}

void EchoWatch::prove(bool isProven) {
  isProven_ = isProven;
  good_ = bad_ = 0;
}

}  // namespace fanlight::audio
