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
}

void Supervisor::onError(base::Error error, base::TimePoint now) {
  if (isRunning_ && !hasFailed_)
    fail(std::move(error), now);
}

void Supervisor::onPlugged(base::TimePoint now) {
  backoff_ = {};
  retryAt_ = std::min(retryAt_, now + times_.firstRetry);
}

void Supervisor::fail(base::Error error, base::TimePoint now) {
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
    return stop();
  }
  if (isRunning_ && !hasFailed_) {
    if (lastFrame_ && now - *lastFrame_ > times_.frame)
      fail({base::ErrorCode::Timeout, "the camera stopped giving pictures"}, now);
    if (!lastFrame_ && now - startedAt_ > patience_) {
      patience_ = std::min(2 * patience_, times_.firstFrame);
      fail({base::ErrorCode::Timeout, "the camera gives no picture"}, now);
    }
  }
  if (isRunning_)
    return hasFailed_ ? stop() : Action::None;
  const bool isTime = state_ == State::Idle || now >= retryAt_;
  return isWanted_ && isTime ? start(now) : Action::None;
}

Supervisor::Action Supervisor::start(base::TimePoint now) {
  // Away stays Away, with its reason, until a picture shows that the trouble is over.
  if (state_ == State::Idle)
    state_ = State::Starting;
  isRunning_ = true;
  hasFailed_ = false;
  startedAt_ = now;
  firstFrame_.reset();
  lastFrame_.reset();
  return Action::Start;
}

Supervisor::Action Supervisor::stop() {
  return std::exchange(isRunning_, false) ? Action::Stop : Action::None;
}

}  // namespace fanlight::media
