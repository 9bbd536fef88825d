// SPDX-License-Identifier: Apache-2.0
// Whether an input or an output is there, as the log was told: once that it is away, and once that it is back. Main
// thread.
#pragma once

#include <string>
#include <utility>

#include "base/log.h"

namespace fanlight::doorbell {

class Presence {
 public:
  /// `what`: "input", as events and sentences call it; `field`: "INPUT", what its id is in the log.
  Presence(std::string what, std::string field, std::string id)
      : what_(std::move(what)), field_(std::move(field)), id_(std::move(id)) {}

  /// What hinders it may change while it is away, as who may open it does after it was plugged in: the first is told.
  void away(const std::string& sentence) {
    if (!std::exchange(isAway_, true))
      base::logEvent(base::LogLevel::Warning, "doorbell", {{"EVENT", what_ + "-away"}, {field_, id_}}, "{}", sentence);
  }
  void back() {
    if (std::exchange(isAway_, false))
      base::logEvent(base::LogLevel::Info, "doorbell", {{"EVENT", what_ + "-back"}, {field_, id_}}, "{} '{}' is back",
                     what_, id_);
  }

 private:
  const std::string what_;
  const std::string field_;
  const std::string id_;
  bool isAway_ = false;
};

}  // namespace fanlight::doorbell
