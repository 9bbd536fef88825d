// SPDX-License-Identifier: Apache-2.0
#include "audio/state_log.h"

#include <utility>

#include "base/log.h"

namespace fanlight::audio {

bool StateLog::take(State state, const std::string& reason) {
  if (state == state_ && reason == reason_)
    return false;
  const State before = std::exchange(state_, state);
  reason_ = reason;
  const std::string& id = id_.value();
  const bool isAway = state == State::Away;
  if (isAway && before != State::Away)
    base::logEvent(base::LogLevel::Warning, "audio", {{"EVENT", device_ + "-away"}, {"AUDIO", id}},
                   "the {} of '{}' is away: {}; trying again every few seconds", device_, id, reason);
  else if (isAway)
    base::logInfo("audio", "the {} of '{}' is still away: {}", device_, id, reason);
  else if (before == State::Away && state == State::Live)
    base::logEvent(base::LogLevel::Info, "audio", {{"EVENT", device_ + "-back"}, {"AUDIO", id}},
                   "the {} of '{}' is back", device_, id);
  return true;
}

}  // namespace fanlight::audio
