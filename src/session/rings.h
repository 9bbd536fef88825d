// SPDX-License-Identifier: Apache-2.0
// Who rings at the door, and who has answered: by what it is told, each time. Main thread. No timers: what is over is
// left out of what is asked for.
#pragma once

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/values.h"
#include "session/access.h"
#include "session/listeners.h"

namespace fanlight::session {

/// Nobody stands at a door longer without ringing again.
inline constexpr base::Duration kRingLasts = std::chrono::seconds(60);

struct Ring {
  base::InputId input;
  std::string name;                              ///< of the input, for people
  std::optional<base::CameraId> camera;          ///< which shows who rings; none: no camera does
  std::optional<std::chrono::sys_seconds> time;  ///< none: the device does not know what time it is
  base::TimePoint began;
  std::optional<std::string> answeredBy;  ///< by name, which may be empty; none: nobody has answered
};

/// Whether `grant` may know of it: who may view its camera or, where it has none, any camera.
inline bool mayKnow(const Access& access, const Grant& grant, const Ring& ring) {
  return access.check(grant, Right::View, ring.camera ? &*ring.camera : nullptr).has_value();
}

class Rings {
 public:
  explicit Rings(const base::Clock& clock) : clock_(clock) {}

  /// Takes the place of the last one by the same input.
  void begin(const Ring& ring) {
    std::erase_if(rings_, [&ring](const Ring& last) { return last.input == ring.input; });
    rings_.push_back(ring);
    listeners_.tell(ring);
  }
  /// The first who answers has. Nothing where nobody rings there any more.
  void answer(const base::InputId& input, const std::string& name) {
    const auto ring = std::ranges::find(rings_, input, &Ring::input);
    if (ring == rings_.end() || isOver(*ring) || ring->answeredBy)
      return;
    ring->answeredBy = name;
    listeners_.tell(Ring(*ring));
  }
  /// The last one by `input`, also one that is over; nullptr where there was none. Valid until the next begin().
  const Ring* find(const base::InputId& input) const {
    const auto ring = std::ranges::find(rings_, input, &Ring::input);
    return ring == rings_.end() ? nullptr : &*ring;
  }
  /// Those that wait for an answer, the oldest first.
  std::vector<Ring> waiting() const {
    std::vector<Ring> waiting;
    std::ranges::copy_if(rings_, std::back_inserter(waiting),
                         [this](const Ring& ring) { return !isOver(ring) && !ring.answeredBy; });
    return waiting;
  }
  base::Duration age(const Ring& ring) const { return clock_.now() - ring.began; }
  /// `listener` hears of each ring, and of the same once it is answered.
  [[nodiscard]] Subscription subscribe(Listeners<Ring>::Listener listener) {
    return listeners_.add(std::move(listener));
  }

 private:
  bool isOver(const Ring& ring) const { return age(ring) >= kRingLasts; }

  const base::Clock& clock_;
  std::vector<Ring> rings_;  ///< one for each input
  Listeners<Ring> listeners_;
};

}  // namespace fanlight::session
