// SPDX-License-Identifier: Apache-2.0
// The last rungs of healing: what nothing inside of the process mends is left to a new process, and where that did not
// help and its owner allows it, to a restart of the machine. Decides and counts; whoever asks ends the process. Main
// thread.
//
// Each new process waits twice as long for the same thing before it gives up on itself, so that a fault that stays
// costs other viewers less and less. What was done is kept in a file in the service's runtime folder, which lasts as
// long as the machine runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace fanlight::service {

/// Something that should have passed by now.
struct Fault {
  std::string subject;      ///< what has it, "cam:porch": no spaces
  std::string what;         ///< for the log: "a state change on 'cam:porch' has not returned"
  base::Duration lasting;   ///< so far
  base::Duration patience;  ///< for the first process that it meets
};

class Escalation {
 public:
  enum class Step { RestartProcess, RestartMachine };

  /// What counts against the next one, and for how long at most it is put off.
  static constexpr base::Duration kMemory = std::chrono::hours(6);
  /// So many processes in kMemory show that a further one does not help.
  static constexpr std::size_t kProcessesBeforeMachine = 3;

  /// Reads what earlier processes did. A file that cannot be read or understood counts as none, and is an error to log.
  /// `now`: since the machine started, as CLOCK_MONOTONIC counts.
  static base::Result<Escalation> load(std::string file, bool mayAskForMachine, base::TimePoint now);
  /// Nothing has been done yet.
  Escalation(std::string file, bool mayAskForMachine) : file_(std::move(file)), mayAskForMachine_(mayAskForMachine) {}

  /// How often each was taken since the machine started.
  std::size_t count(Step step) const;
  /// None: it is not time yet. New processes count where they were for the same subject; asking for the machine counts
  /// for all.
  std::optional<Step> judge(const Fault& fault, base::TimePoint now) const;
  /// To be called before the step is taken, which must not be where this fails with Unavailable: it is not counted
  /// then.
  base::Result<> record(Step step, const Fault& fault, base::TimePoint now);

 private:
  struct Taken {
    base::TimePoint at;
    Step step;
    std::string subject;
  };
  static std::optional<Taken> parse(const std::string& line);
  std::size_t processesSince(base::TimePoint since, const std::string& subject) const;

  std::string file_;
  bool mayAskForMachine_;
  std::vector<Taken> taken_;  ///< in the order of time
};

}  // namespace fanlight::service
