// SPDX-License-Identifier: Apache-2.0
#include "app/doorbell.h"

#include <utility>

#include "base/log.h"

namespace fanlight::app {

Doorbell::Doorbell(const glib::MainContext& context, const base::Clock& clock, const config::Settings& settings,
                   session::Rings& rings, session::Stills& stills)
    : clock_(clock),
      cameras_(settings.cameras),
      device_(settings.device.id),
      rings_(rings),
      stills_(stills),
      webhooks_(context) {
  answers_ = rings_.subscribe([this](const session::Ring& ring) { onRing(ring); });
  for (const config::Input& input : settings.inputs)
    buttons_.push_back(
        std::make_unique<doorbell::Button>(context, clock, input, [this](const config::Input& rung) { ring(rung); }));
}

void Doorbell::tick() {
  for (const auto& button : buttons_)
    button->tick();
}

void Doorbell::close() {
  buttons_.clear();
  lifetime_.end();
}

void Doorbell::ring(const config::Input& input) {
  const base::CameraId camera = config::cameraOf(input.camera, cameras_);
  const session::Ring ring{.input = input.id,
                           .name = input.name,
                           .camera = camera.empty() ? std::nullopt : std::optional(camera),
                           .time = wallClock_.now(),
                           .began = clock_.now(),
                           .answeredBy = std::nullopt};
  rings_.begin(ring);
  if (!input.webhook.empty())
    tell(input, ring);
}

void Doorbell::tell(const config::Input& input, const session::Ring& ring) {
  if (!ring.camera)
    return send(input, ring, nullptr);
  // Without a picture it is told all the same.
  stills_.take(*ring.camera, lifetime_.bind([this, input, ring](const base::Result<session::Still>& still) {
    send(input, ring, still ? still->jpeg : nullptr);
  }));
}

void Doorbell::send(const config::Input& input, const session::Ring& ring, std::shared_ptr<const std::string> picture) {
  http::Delivery delivery{
      input.webhook,
      {{"event", "ring"}, {"device", device_.value()}, {"input", ring.input.value()}, {"name", ring.name}},
      std::move(picture)};
  if (ring.camera)
    delivery.fields.emplace_back("camera", ring.camera->value());
  if (ring.time)
    delivery.fields.emplace_back("time", std::to_string(ring.time->time_since_epoch().count()));
  webhooks_.send(std::move(delivery),
                 lifetime_.bind([this, input](const base::Result<>& outcome) { afterSent(input, outcome); }));
}

void Doorbell::afterSent(const config::Input& input, const base::Result<>& outcome) {
  const bool isChange = outcome ? untold_.erase(input.id) > 0 : untold_.insert(input.id).second;
  if (!isChange)
    return;
  if (outcome)
    base::logEvent(base::LogLevel::Info, "doorbell", {{"EVENT", "webhook-back"}, {"INPUT", input.id.value()}},
                   "the webhook of input '{}' takes what it is told again", input.id.value());
  else
    base::logEvent(base::LogLevel::Warning, "doorbell", {{"EVENT", "webhook-failed"}, {"INPUT", input.id.value()}},
                   "the webhook of input '{}' was not told that somebody rings: {}", input.id.value(),
                   outcome.error().message);
}

void Doorbell::onRing(const session::Ring& ring) const {
  if (ring.answeredBy)
    base::logEvent(base::LogLevel::Info, "doorbell", {{"EVENT", "ring-answered"}, {"INPUT", ring.input.value()}},
                   "'{}' answers who rings by '{}'", *ring.answeredBy, ring.input.value());
  else
    base::logEvent(base::LogLevel::Info, "doorbell", {{"EVENT", "ring"}, {"INPUT", ring.input.value()}},
                   "somebody rings by '{}'", ring.input.value());
}

}  // namespace fanlight::app
