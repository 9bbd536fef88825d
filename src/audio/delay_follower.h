// SPDX-License-Identifier: Apache-2.0
// Where an echo is between two looks: looks are a quarter of a second apart, each a little off, and the clocks of two
// devices drift, so that it moves by what a canceller loses sight of within seconds. Any one thread.
#pragma once

#include <optional>

#include <gst/gst.h>

namespace fanlight::audio {

class DelayFollower {
 public:
  /// A delay at a running time, and how it goes on from there.
  struct Course {
    double delay = 0;  ///< ms
    GstClockTime at = 0;
    double drift = 0;  ///< ms a second, which are thousandths
    int jumps = 0;     ///< so many times it was somewhere else all of a sudden

    double delayAt(GstClockTime time) const;
  };

  /// What a look found, in ms. By how much it was off, where it is a jump.
  std::optional<double> found(double delay, GstClockTime at);
  const Course& course() const { return course_; }
  /// Of devices that begin anew the last delay is the best guess, and their drift is unknown.
  void restart();

 private:
  Course course_;
};

}  // namespace fanlight::audio
