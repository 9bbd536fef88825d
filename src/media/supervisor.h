// SPDX-License-Identifier: Apache-2.0
// When a camera's pipeline runs, and when it is started anew. Pure: it decides, Camera does. Owner thread.
//
//            want                first frame
//   Idle ───────────▶ Starting ───────────────▶ Live
//    ▲                   │  ▲                     │
//    │ unwanted for 5 s  │  └── frame ◀── Away ◀──┤ no frame for 3 s, or an error
//    └───────────────────┴──────────────── │ ◀────┘
//                                          └─ tried again after 0.5 s, doubling to 4 s; anew when something is plugged
//                                          in
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace fanlight::media {

struct SupervisorTimes {
  /// For the first picture of a device's first start: encoders are tried, and some cameras settle for seconds. A later
  /// start has twice what the last one took, within `frame` and this, so that a camera that hangs is opened again soon;
  /// and twice as long after each start in vain, lest one that has become slower is cut off in its start for ever.
  base::Duration firstFrame = std::chrono::seconds(10);
  base::Duration frame = std::chrono::seconds(3);
  base::Duration linger = std::chrono::seconds(5);
  base::Duration firstRetry = std::chrono::milliseconds(500);
  base::Duration longestRetry = std::chrono::seconds(4);
  base::Duration settled = std::chrono::seconds(10);  ///< of frames, after which an error counts as the first again
};

class Supervisor {
 public:
  enum class State { Idle, Starting, Live, Away };
  enum class Action { None, Start, Stop };

  explicit Supervisor(SupervisorTimes times) : times_(times) {}

  /// Whether somebody wants pictures.
  void setWanted(bool isWanted, base::TimePoint now);
  /// When the newest frame of the running pipeline came. One that has failed may go on giving some until it is stopped.
  void onFrame(base::TimePoint when);
  /// The pipeline reported an error or could not be started.
  void onError(base::Error error, base::TimePoint now);
  /// Something was plugged into the machine: one that is away is tried again soon, and not given up so soon again.
  void onPlugged(base::TimePoint now);
  /// What to do now. Asked after each of the above and on a timer; a Start or Stop is told once.
  Action decide(base::TimePoint now);

  State state() const { return state_; }
  /// Why it is Away; none otherwise. Timeout: no picture comes, and the pipeline does not say why.
  const std::optional<base::Error>& trouble() const { return trouble_; }
  /// The same for a person; empty where it is not Away.
  std::string reason() const { return trouble_ ? trouble_->message : std::string(); }

 private:
  void fail(base::Error error, base::TimePoint now);
  Action start(base::TimePoint now);
  Action stop();

  const SupervisorTimes times_;
  State state_ = State::Idle;
  std::optional<base::Error> trouble_;
  bool isWanted_ = false;
  bool isRunning_ = false;  ///< a pipeline has been started and not stopped
  bool hasFailed_ = false;  ///< it is to be stopped, whatever it still gives
  base::TimePoint unwantedSince_;
  base::TimePoint startedAt_;
  base::Duration patience_ = times_.firstFrame;  ///< for the first frame of the next start
  std::optional<base::TimePoint> firstFrame_;
  std::optional<base::TimePoint> lastFrame_;
  base::TimePoint retryAt_;
  base::Duration backoff_{};
};

}  // namespace fanlight::media
