// SPDX-License-Identifier: Apache-2.0
// What `fanlight doctor` says of one thing that it has looked at.
#pragma once

#include <string>
#include <vector>

namespace fanlight::app {

struct Finding {
  enum class Verdict {
    Ok,
    Warning,  ///< it works, and not as well as it could
    Broken,
    Untried,  ///< it cannot be tried from here
  };
  Verdict verdict = Verdict::Ok;
  std::string what;      ///< a word: "microphone"
  std::string evidence;  ///< what was seen
  std::string advice;    ///< what to do; empty where there is nothing to do
};

/// One or two lines each, on standard output, at once.
void print(const std::vector<Finding>& findings);

bool isBroken(const std::vector<Finding>& findings);

}  // namespace fanlight::app
