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
// Two faults have a remedy before that, under which it stays Live: an encoder that gives nothing of the pictures that
// come is made anew inside of the running pipeline, and a camera that repeats one picture gets a new pipeline.
#pragma once

#include <algorithm>
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
  base::Duration encode = std::chrono::milliseconds(2500);  ///< while pictures are captured
  /// Of one and the same picture, doubling with each restart that did not help; none: for as long as it likes.
  std::optional<base::Duration> frozen;
  base::Duration longestFrozen = std::chrono::hours(1);
  base::Duration linger = std::chrono::seconds(5);
  base::Duration firstRetry = std::chrono::milliseconds(500);
  base::Duration longestRetry = std::chrono::seconds(4);
  base::Duration settled = std::chrono::seconds(10);  ///< of frames, after which a fault counts as the first again
};

class Supervisor {
 public:
  enum class State { Idle, Starting, Live, Away };
  enum class Action { None, Start, Restart, RestartEncoder, Stop };

  explicit Supervisor(const SupervisorTimes& times) : times_(times) {}

  /// Whether somebody wants pictures.
  void setWanted(bool isWanted, base::TimePoint now);
  /// When the newest frame of the running pipeline came. One that has failed may go on giving some until it is stopped.
  void onFrame(base::TimePoint when);
  /// When the newest picture came from the source, encoded or not.
  void onCaptured(base::TimePoint when) { lastCaptured_ = when; }
  /// When a picture from the source last differed from the one before.
  void onChanged(base::TimePoint when);
  /// The pipeline reported an error or could not be started.
  void onError(base::Error error, base::TimePoint now);
  /// What runs, or is to be tried again, is to be started anew because it is to be something else.
  void onSettings(const SupervisorTimes& times, base::TimePoint now);
  /// Something was plugged into the machine: one that is away is tried again soon, and not given up so soon again.
  void onPlugged(base::TimePoint now);
  /// Nobody looked for a while: the process was stopped, or its main thread held up. What was due in that time may have
  /// been held up as well, and has its whole time again.
  void onHeldUp(base::TimePoint now) { lookedSince_ = now; }
  /// What to do now. Asked after each of the above and on a timer; each is told once.
  Action decide(base::TimePoint now);

  State state() const { return state_; }
  /// It gives pictures, and they are all the same, also after it was started anew.
  bool isFrozen() const { return isFrozen_; }
  /// Its encoder was made anew, and has given nothing yet.
  bool isEncoderStalled() const {
    return isRunning_ && !hasFailed_ && encoderRestart_ && *lastFrame_ < *encoderRestart_;
  }
  /// Since when it is Away, through all tries; none otherwise.
  std::optional<base::TimePoint> awaySince() const { return state_ == State::Away ? awaySince_ : std::nullopt; }
  /// Why it is Away; none otherwise. Timeout: no picture comes, and the pipeline does not say why.
  const std::optional<base::Error>& trouble() const { return trouble_; }
  /// The same for a person; empty where it is not Away.
  std::string reason() const { return trouble_ ? trouble_->message : std::string(); }

 private:
  void fail(base::Error error, base::TimePoint now);
  /// What is overdue makes it fail, or has its encoder restarted.
  Action judge(base::TimePoint now);
  Action judgeEncoder(base::TimePoint now);
  Action judgeChange(base::TimePoint now);
  bool isCapturing(base::TimePoint now) const;
  /// Since `when`, as far as it was looked at.
  base::Duration since(base::TimePoint when, base::TimePoint now) const { return now - std::max(when, lookedSince_); }
  Action start(base::TimePoint now);
  void begin(base::TimePoint now);
  void thaw();
  Action stop();

  SupervisorTimes times_;
  State state_ = State::Idle;
  std::optional<base::Error> trouble_;
  std::optional<base::TimePoint> awaySince_;
  bool isWanted_ = false;
  bool isRunning_ = false;  ///< a pipeline has been started and not stopped
  bool hasFailed_ = false;  ///< it is to be stopped, whatever it still gives
  base::TimePoint unwantedSince_;
  base::TimePoint startedAt_;
  base::TimePoint lookedSince_;                  ///< without a break
  base::Duration patience_ = times_.firstFrame;  ///< for the first frame of the next start
  std::optional<base::TimePoint> firstFrame_;
  std::optional<base::TimePoint> lastFrame_;
  std::optional<base::TimePoint> lastCaptured_;
  std::optional<base::TimePoint> lastChanged_;
  std::optional<base::TimePoint> encoderRestart_;  ///< in this run, until it has settled since
  bool isOutOfDate_ = false;                       ///< it runs with settings that do not count any more
  bool isFrozen_ = false;
  base::TimePoint frozenRestart_;
  base::Duration frozenPatience_ = times_.frozen.value_or(base::Duration{});
  base::TimePoint retryAt_;
  base::Duration backoff_{};
};

}  // namespace fanlight::media
