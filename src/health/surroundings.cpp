// SPDX-License-Identifier: Apache-2.0
// A reason that only reads differently (a figure in it) is no news.
#include "health/surroundings.h"

#include <utility>

#include "base/log.h"

namespace fanlight::health {

Surroundings::Surroundings(std::vector<Watch> watches) {
  for (Watch& watch : watches)
    watched_.push_back({std::move(watch), std::nullopt});
}

void Surroundings::look() {
  for (Watched& one : watched_) {
    auto now = one.watch.look();
    if (now && !one.trouble)
      base::logEvent(base::LogLevel::Warning, "fanlight", {{"EVENT", one.watch.began}}, "{}", *now);
    if (!now && one.trouble)
      base::logEvent(base::LogLevel::Info, "fanlight", {{"EVENT", one.watch.ended}}, "{}", one.watch.relief);
    one.trouble = std::move(now);
  }
}

std::vector<std::string> Surroundings::troubles() const {
  std::vector<std::string> troubles;
  for (const Watched& one : watched_)
    if (one.trouble)
      troubles.push_back(*one.trouble);
  return troubles;
}

std::map<std::string, bool, std::less<>> Surroundings::states() const {
  std::map<std::string, bool, std::less<>> states;
  for (const Watched& one : watched_)
    states.emplace(one.watch.began, one.trouble.has_value());
  return states;
}

}  // namespace fanlight::health
