// SPDX-License-Identifier: Apache-2.0
// What is wrong with the device, as far as its owner can do something about it and can be told. Main thread.
#pragma once

#include <set>
#include <utility>

#include "session/listeners.h"

namespace fanlight::session {

/// No network is not among them: nobody could be told.
enum class DeviceTrouble {
  Disk,    ///< nothing can be kept: it is full or read-only
  Memory,  ///< it is so short that nobody else is let in
  Stuck,   ///< a thread of the daemon's hangs, and what it serves with it
};

class DeviceTroubles {
 public:
  using Set = std::set<DeviceTrouble>;

  /// Tells the listeners where that is a change.
  void set(DeviceTrouble trouble, bool isThere) {
    const bool isChange = isThere ? present_.insert(trouble).second : present_.erase(trouble) > 0;
    if (isChange)
      listeners_.tell(Set(present_));
  }
  /// Those that there are now.
  const Set& present() const { return present_; }
  /// `listener` hears of all that there are, at each change.
  [[nodiscard]] Subscription subscribe(Listeners<Set>::Listener listener) {
    return listeners_.add(std::move(listener));
  }

 private:
  Set present_;
  Listeners<Set> listeners_;
};

}  // namespace fanlight::session
