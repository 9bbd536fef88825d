// SPDX-License-Identifier: Apache-2.0
// What `fanlight doctor` says of one thing that it has looked at.
#pragma once

#include <string>

namespace fanlight::app {

struct Finding {
  enum class Verdict {
    Ok,
    Warning,  ///< it works, and not as well as it could
    Broken,
  };
  Verdict verdict = Verdict::Ok;
  std::string what;      ///< a word: "microphone"
  std::string evidence;  ///< what was seen
  std::string advice;    ///< what to do; empty where there is nothing to do
};

}  // namespace fanlight::app
