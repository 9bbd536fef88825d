// SPDX-License-Identifier: Apache-2.0
// When cameras spare a board that is hot or gets too little power, and how much. Pure: it decides, app's BoardWatch
// does. Owner thread.
//
//   step 0 ─▶ 1 ─▶ 2 ─▶ …   at once where the board is hot, throttled or under-voltage; the next 30 s later, while it
//   still is step 0 ◀─ 1 ◀─ 2 ◀─ …   each after 60 s in which it was cool and had its voltage; twice as long after each
//   relapse
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "base/clock.h"
#include "board/sensors.h"

namespace fanlight::board {

struct SpareTimes {
  base::Duration betweenSteps = std::chrono::seconds(30);
  base::Duration hold = std::chrono::seconds(60);
  /// A supply that is too weak for full work would fail again each time: it is tried less and less often.
  base::Duration longestHold = std::chrono::minutes(16);
};

enum class SpareCause { Heat, Power };

class SparePolicy {
 public:
  /// Steps go from 0, nothing spared, to `last`.
  explicit SparePolicy(int last, SpareTimes times = {}) : last_(last), times_(times), hold_(times.hold) {}

  /// What the board tells at `now`. Readings that tell nothing change nothing.
  void onReadings(const Readings& readings, base::TimePoint now);

  int step() const { return step_; }
  /// Why it is not 0; none where it is. What came last, heat before power.
  std::optional<SpareCause> cause() const { return cause_; }
  /// Why it went to this step, for a person: "cpu-thermal is at 81.5 °C, hot from 80 °C".
  const std::string& reason() const { return reason_; }
  /// Now, or at most `hold` ago: a supply at its limit comes and goes.
  bool isUnderVoltage() const { return underVoltageAt_.has_value(); }

 private:
  struct Trouble {
    SpareCause cause;
    std::string reason;
  };
  static std::optional<Trouble> troubleIn(const Readings& readings);
  std::optional<base::TimePoint> changedAt() const { return std::max(steppedDownAt_, steppedUpAt_); }
  void stepDown(const Trouble& trouble, base::TimePoint now);
  void stepUp(base::TimePoint now);

  const int last_;
  const SpareTimes times_;
  int step_ = 0;
  std::optional<SpareCause> cause_;
  std::string reason_;
  base::Duration hold_;
  std::optional<base::TimePoint> steppedDownAt_;
  std::optional<base::TimePoint> steppedUpAt_;
  std::optional<base::TimePoint> calmSince_;
  std::optional<base::TimePoint> underVoltageAt_;  ///< the last time
};

}  // namespace fanlight::board
