// SPDX-License-Identifier: Apache-2.0
// Reads the board's sensors every few seconds, and says when cameras are to spare it. Main thread; files are read on a
// worker of its own, which is there only where there is something to read.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "board/sensors.h"
#include "board/spare_policy.h"
#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "gst/worker.h"

namespace fanlight::app {

class BoardWatch {
 public:
  struct Options {
    std::string sysfsRoot = "/sys";
    board::HeatLimits heat;
    std::chrono::milliseconds every = std::chrono::seconds(5);
  };
  /// How many steps cameras go down from what they are set up for, and why.
  using StepHandler = std::function<void(int step, std::optional<board::SpareCause> cause)>;

  /// Steps go up to `lastStep`.
  BoardWatch(const glib::MainContext& context, const base::Clock& clock, Options options, int lastStep,
             StepHandler onStep);
  BoardWatch(const BoardWatch&) = delete;
  BoardWatch& operator=(const BoardWatch&) = delete;

  void start();
  /// Reads no more. One that hangs in a driver keeps the destructor waiting.
  void stop() { again_.stop(); }

  /// As they were last read; nothing where nothing is told here.
  const board::Readings& readings() const { return readings_; }
  int step() const { return policy_.step(); }
  /// nullptr where there is nothing to read.
  const gst::Worker* worker() const { return worker_.get(); }

 private:
  void afterFound(const std::shared_ptr<board::Sensors>& sensors);
  void read();
  void afterRead(const board::Readings& readings);
  void tellVoltage();
  void tellStep(int before, const std::optional<board::SpareCause>& causeBefore) const;

  const glib::MainContext context_;
  const base::Clock& clock_;
  const Options options_;
  const int lastStep_;
  const StepHandler onStep_;
  board::SparePolicy policy_{lastStep_};
  board::Readings readings_;
  bool toldUnderVoltage_ = false;
  std::shared_ptr<board::Sensors> sensors_;  ///< the worker's
  glib::EventSource again_;
  std::unique_ptr<gst::Worker> worker_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::app
