// SPDX-License-Identifier: Apache-2.0
// Slows down who guesses, each source for itself: nobody is kept out by what another one tries. Main thread.
#pragma once

#include <map>

#include "base/clock.h"
#include "session/access.h"

namespace fanlight::access {

/// Wrong tries that a source has at once, and how fast they come back.
inline constexpr double kGuessBurst = 10;
inline constexpr double kGuessesPerMinute = 10;
/// Sources that are remembered; of more, the one forgets its guesses that has the fewest.
inline constexpr std::size_t kMaxGuessers = 1000;

class GuessLimit {
 public:
  explicit GuessLimit(const base::Clock& clock) : clock_(clock) {}

  /// Whether `source` has used up its tries.
  bool isOver(const session::SourceId& source) const;
  /// Counts a wrong one. True: it was the last, which is worth a line in the log.
  bool count(const session::SourceId& source);

 private:
  struct Bucket {
    double left = kGuessBurst;
    base::TimePoint filled;
  };

  double leftOf(const Bucket& bucket) const;
  void makeRoom();

  const base::Clock& clock_;
  std::map<session::SourceId, Bucket> buckets_;
};

}  // namespace fanlight::access
