// SPDX-License-Identifier: Apache-2.0
// The decisions of the drawing in the header.
#include "media/supervisor.h"

#include <algorithm>
#include <utility>

namespace fanlight::media {

void Supervisor::setWanted(bool isWanted, base::TimePoint now) {
  if (isWanted_ && !isWanted)
    unwantedSince_ = now;
  isWanted_ = isWanted;
}

void Supervisor::onFrame(base::TimePoint when) {
  if (!isRunning_ || hasFailed_ || when < startedAt_ || (lastFrame_ && when <= *lastFrame_))
    return;
  if (!firstFrame_) {
    firstFrame_ = when;
    patience_ = std::clamp(2 * (when - startedAt_), times_.frame, times_.firstFrame);
  }
  lastFrame_ = when;
  state_ = State::Live;
  trouble_.reset();
  if (when - *firstFrame_ >= times_.settled)
    backoff_ = {};
  if (encoderRestart_ && when - *encoderRestart_ >= times_.settled)
    encoderRestart_.reset();
}

void Supervisor::onChanged(base::TimePoint when) {
  if (lastChanged_ && when <= *lastChanged_)
    return;
  lastChanged_ = when;
  // A new start changes a picture, too: exposure and focus are found.
  if (isFrozen_ && when - frozenRestart_ >= times_.settled)
    thaw();
}

void Supervisor::thaw() {
  isFrozen_ = false;
  frozenPatience_ = times_.frozen.value_or(base::Duration{});
}

void Supervisor::onError(base::Error error, base::TimePoint now) {
  if (isRunning_ && !hasFailed_)
    fail(std::move(error), now);
}

void Supervisor::onSettings(const SupervisorTimes& times, base::TimePoint now) {
  times_ = times;
  patience_ = times.firstFrame;
  thaw();
  backoff_ = {};
  retryAt_ = now;
  isOutOfDate_ = isRunning_ && !hasFailed_;
}

void Supervisor::onPlugged(base::TimePoint now) {
  backoff_ = {};
  retryAt_ = std::min(retryAt_, now + times_.firstRetry);
}

void Supervisor::fail(base::Error error, base::TimePoint now) {
  if (state_ != State::Away)
    awaySince_ = now;
  state_ = State::Away;
  hasFailed_ = true;
  trouble_ = std::move(error);
  backoff_ = backoff_ == base::Duration{} ? times_.firstRetry : std::min(backoff_ * 2, times_.longestRetry);
  retryAt_ = now + backoff_;
}

Supervisor::Action Supervisor::decide(base::TimePoint now) {
  if (!isWanted_ && state_ != State::Idle && now - unwantedSince_ >= times_.linger) {
    state_ = State::Idle;
    trouble_.reset();
    backoff_ = {};
    thaw();
    return stop();
  }
  if (isOutOfDate_) {
    begin(now);
    return Action::Restart;
  }
  if (isRunning_ && !hasFailed_)
    if (const Action action = judge(now); action != Action::None)
      return action;
  if (isRunning_)
    return hasFailed_ ? stop() : Action::None;
  const bool isTime = state_ == State::Idle || now >= retryAt_;
  return isWanted_ && isTime ? start(now) : Action::None;
}

Supervisor::Action Supervisor::judge(base::TimePoint now) {
  if (!lastFrame_ && since(startedAt_, now) > patience_) {
    patience_ = std::min(2 * patience_, times_.firstFrame);
    fail({base::ErrorCode::Timeout,
          isCapturing(now) ? "the encoder gives nothing of the camera's pictures" : "the camera gives no picture"},
         now);
  }
  if (!lastFrame_ || hasFailed_)
    return Action::None;
  if (const Action action = judgeEncoder(now); action != Action::None || hasFailed_)
    return action;
  return judgeChange(now);
}

Supervisor::Action Supervisor::judgeEncoder(base::TimePoint now) {
  if (isCapturing(now) && !encoderRestart_ && since(*lastFrame_, now) > times_.encode) {
    encoderRestart_ = now;
    return Action::RestartEncoder;
  }
  if (since(std::max(*lastFrame_, encoderRestart_.value_or(*lastFrame_)), now) > times_.frame)
    fail({base::ErrorCode::Timeout,
          isCapturing(now) ? "the encoder stopped, also when it was made anew" : "the camera stopped giving pictures"},
         now);
  return Action::None;
}

Supervisor::Action Supervisor::judgeChange(base::TimePoint now) {
  if (!times_.frozen || !lastChanged_ || since(std::max(*lastChanged_, *firstFrame_), now) < frozenPatience_)
    return Action::None;
  isFrozen_ = true;
  frozenRestart_ = now;
  frozenPatience_ = std::min(2 * frozenPatience_, times_.longestFrozen);
  begin(now);
  return Action::Restart;
}

// Just before the source stops, too, but never for as long as an encoder is waited for.
bool Supervisor::isCapturing(base::TimePoint now) const {
  return lastCaptured_ && *lastCaptured_ >= startedAt_ && now - *lastCaptured_ < times_.encode / 2;
}

Supervisor::Action Supervisor::start(base::TimePoint now) {
  // Away stays Away, with its reason, until a picture shows that the trouble is over.
  if (state_ == State::Idle)
    state_ = State::Starting;
  begin(now);
  return Action::Start;
}

void Supervisor::begin(base::TimePoint now) {
  isRunning_ = true;
  hasFailed_ = false;
  isOutOfDate_ = false;
  startedAt_ = now;
  firstFrame_.reset();
  lastFrame_.reset();
  encoderRestart_.reset();
}

Supervisor::Action Supervisor::stop() {
  isOutOfDate_ = false;
  return std::exchange(isRunning_, false) ? Action::Stop : Action::None;
}

}  // namespace fanlight::media
