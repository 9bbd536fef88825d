// SPDX-License-Identifier: Apache-2.0
// What differs between two configurations, setting by setting, and when each takes effect. Any thread.
#pragma once

#include <string>
#include <vector>

#include "config/declarations.h"

namespace fanlight::config {

struct Change {
  std::string where;          ///< "[http]", "[[camera]] 'porch'"
  std::string name;           ///< of the setting; empty where one of a list, a whole camera, came or went
  std::string before, after;  ///< as TOML; empty where it was not set
  Applies applies = Applies::AtRestart;
};

/// In the order of the declarations; those of a list as `after` has them, then those that are gone.
std::vector<Change> changes(const Declarations& declarations, const Settings& before, const Settings& after);

/// "'bitrate' of [[camera]] 'porch' is 500_000 now, and was 2_000_000".
std::string toText(const Change& change);

}  // namespace fanlight::config
