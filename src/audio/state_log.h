// SPDX-License-Identifier: Apache-2.0
// What a microphone or a speaker tells of its state: each change once. Main thread.
#pragma once

#include <string>

#include "base/values.h"
#include "media/supervisor.h"

namespace fanlight::audio {

class StateLog {
 public:
  using State = media::Supervisor::State;

  /// `device`: "microphone", as the log calls it.
  StateLog(std::string device, base::AudioId id) : device_(std::move(device)), id_(std::move(id)) {}

  /// Logs what is new. False: nothing is.
  bool take(State state, const std::string& reason);

 private:
  const std::string device_;
  const base::AudioId id_;
  State state_ = State::Idle;
  std::string reason_;
};

}  // namespace fanlight::audio
