// SPDX-License-Identifier: Apache-2.0
// Looks, asks the policy, and tells each change once.
#include "app/board_watch.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/log.h"

namespace fanlight::app {

BoardWatch::BoardWatch(const glib::MainContext& context, const base::Clock& clock, Options options, int lastStep,
                       StepHandler onStep)
    : context_(context), clock_(clock), options_(std::move(options)), lastStep_(lastStep), onStep_(std::move(onStep)) {}

void BoardWatch::start() {
  worker_ = std::make_unique<gst::Worker>("board");
  auto onFound = lifetime_.bind([this](const std::shared_ptr<board::Sensors>& sensors) { afterFound(sensors); });
  worker_->run([context = context_, root = options_.sysfsRoot, heat = options_.heat, onFound] {
    auto sensors = std::make_shared<board::Sensors>(board::Sensors::find(root, heat));
    context.post([onFound, sensors = std::move(sensors)]() mutable { onFound(sensors); });
  });
}

void BoardWatch::afterFound(const std::shared_ptr<board::Sensors>& sensors) {
  if (sensors->empty()) {
    base::logInfo("board", "nothing below '{}' tells how hot the board is", options_.sysfsRoot);
    worker_.reset();
    return;
  }
  base::logInfo("board", "sensors: {}", fmt::join(sensors->describe(), "; "));
  sensors_ = sensors;
  read();
  again_ = glib::EventSource::timer(context_, options_.every, [this] {
    // A driver that hangs is not asked again and again.
    if (!worker_->busyFor())
      read();
    return glib::Continue::Yes;
  });
}

void BoardWatch::read() {
  auto onRead = lifetime_.bind([this](const board::Readings& readings) { afterRead(readings); });
  worker_->run([context = context_, sensors = sensors_, onRead] {
    context.post([onRead, readings = sensors->read()]() mutable { onRead(readings); });
  });
}

void BoardWatch::afterRead(const board::Readings& readings) {
  readings_ = readings;
  const int before = policy_.step();
  const auto causeBefore = policy_.cause();
  policy_.onReadings(readings, clock_.now());
  tellVoltage();
  if (policy_.step() == before)
    return;
  tellStep(before, causeBefore);
  onStep_(policy_.step(), policy_.cause());
}

void BoardWatch::tellVoltage() {
  if (policy_.isUnderVoltage() == toldUnderVoltage_)
    return;
  toldUnderVoltage_ = policy_.isUnderVoltage();
  if (toldUnderVoltage_)
    base::logEvent(base::LogLevel::Warning, "board", {{"EVENT", "under-voltage"}},
                   "the supply's voltage is too low: a stronger supply or a shorter cable helps");
  else
    base::logEvent(base::LogLevel::Info, "board", {{"EVENT", "under-voltage-over"}},
                   "the supply's voltage has been good for a minute");
}

void BoardWatch::tellStep(int before, const std::optional<board::SpareCause>& causeBefore) const {
  const int step = policy_.step();
  const bool isDown = step > before;
  const bool isHeat = (isDown ? policy_.cause() : causeBefore) == board::SpareCause::Heat;
  const std::string_view event = isHeat ? (isDown ? "board-hot" : "board-cooled") : isDown ? "power-low" : "power-good";
  base::logEvent(isDown ? base::LogLevel::Warning : base::LogLevel::Info, "board",
                 {{"EVENT", event}, {"STEP", std::to_string(step)}}, "{}; cameras give {} (step {} of {})",
                 policy_.reason(), step == 0 ? "all their pictures again" : "fewer pictures", step, lastStep_);
}

}  // namespace fanlight::app
