// SPDX-License-Identifier: Apache-2.0
// What is around the daemon and may fail under it: looked at now and then, told once when it begins and once when it is
// over. Main thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fanlight::health {

/// One thing that may fail.
struct Watch {
  std::string_view began;   ///< the event's name, for the journal: "disk-full"
  std::string_view ended;   ///< "disk-usable"
  std::string_view relief;  ///< what is said then: "there is room on the disk again"
  /// Why it is so now; none: all is well. Must not block.
  std::function<std::optional<std::string>()> look;
};

class Surroundings {
 public:
  explicit Surroundings(std::vector<Watch> watches);

  /// Looks at all of them, and logs what has changed.
  void look();
  /// What is wrong since the last look, for a person, in the order of the watches.
  std::vector<std::string> troubles() const;
  /// Whether it is so, for each that is watched, by the name of the event with which it begins.
  std::map<std::string, bool, std::less<>> states() const;

 private:
  struct Watched {
    Watch watch;
    std::optional<std::string> trouble;
  };
  std::vector<Watched> watched_;
};

}  // namespace fanlight::health
