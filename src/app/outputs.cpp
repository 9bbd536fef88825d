// SPDX-License-Identifier: Apache-2.0
#include "app/outputs.h"

#include <algorithm>

#include "base/log.h"

namespace fanlight::app {
namespace {

session::OutputInfo toInfo(const config::Output& output, const std::vector<config::Camera>& cameras) {
  const base::CameraId camera = config::cameraOf(output.camera, cameras);
  return {output.id, output.name, camera.empty() ? std::nullopt : std::optional(camera)};
}

}  // namespace

Outputs::Outputs(const glib::MainContext& context, const config::Settings& settings, session::Rings& rings,
                 session::Catalogue& catalogue, const session::Registry& registry)
    : catalogue_(catalogue), registry_(registry) {
  for (const config::Output& output : settings.outputs) {
    outputs_.push_back({toInfo(output, settings.cameras), std::make_unique<doorbell::Output>(context, output)});
    if (output.on == config::OutputUse::Open)
      opened_.push_back(outputs_.back().info);
  }
  rings_ = rings.subscribe([this](const session::Ring& ring) { onRing(ring); });
  // Who talks is told of with the camera.
  cameras_ = catalogue.subscribe([this](const session::CameraInfo&) { review(); });
}

session::Answered<void> Outputs::open(const base::OutputId& output, const std::string& name) {
  const auto one = std::ranges::find(outputs_, output, [](const One& known) { return known.info.id; });
  if (one == outputs_.end() || !one->output->pulse())
    return session::refuse(session::RefusalCode::Internal,
                           "'" + output.value() + "' was not opened: the device has lost it, and says why in its log");
  base::logEvent(base::LogLevel::Info, "doorbell", {{"EVENT", "opened"}, {"OUTPUT", output.value()}}, "'{}' opens '{}'",
                 name, output.value());
  return {};
}

void Outputs::onRing(const session::Ring& ring) {
  if (ring.answeredBy)
    return;
  for (const One& one : outputs_)
    if (one.on() == config::OutputUse::Ring && (!one.info.camera || !ring.camera || one.info.camera == ring.camera))
      one.output->pulse();
}

void Outputs::tick() {
  for (const One& one : outputs_)
    one.output->tick();
  review();
}

void Outputs::review() {
  for (const One& one : outputs_) {
    if (one.on() == config::OutputUse::Watch)
      one.output->hold(isWatched(one.info));
    if (one.on() == config::OutputUse::Talk)
      one.output->hold(isTalked(one.info));
  }
}

bool Outputs::isWatched(const session::OutputInfo& output) const {
  return registry_.isWatched(output.camera ? &*output.camera : nullptr);
}

bool Outputs::isTalked(const session::OutputInfo& output) const {
  return std::ranges::any_of(catalogue_.cameras(), [&output](const session::CameraInfo& camera) {
    return (!output.camera || camera.id == output.camera) && camera.audio && !camera.audio->talkers.empty();
  });
}

}  // namespace fanlight::app
