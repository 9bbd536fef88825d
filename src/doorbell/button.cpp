// SPDX-License-Identifier: Apache-2.0
#include "doorbell/button.h"

#include <utility>

#include <fmt/format.h>

#include "base/log.h"

namespace fanlight::doorbell {
namespace {

Button::Opener openerOf(config::InputSource source) {
  return source == config::InputSource::Gpio ? openLine : openKey;
}

}  // namespace

Button::Button(const glib::MainContext& context, const base::Clock& clock, config::Input settings, RingHandler onRing)
    : Button(context, clock, settings, std::move(onRing), openerOf(settings.source)) {}

Button::Button(const glib::MainContext& context, const base::Clock& clock, config::Input settings, RingHandler onRing,
               Opener open)
    : context_(context),
      clock_(clock),
      settings_(std::move(settings)),
      onRing_(std::move(onRing)),
      open_(std::move(open)),
      presence_("input", "INPUT", settings_.id.value()),
      tested_(clock.now()) {
  if (settings_.source != config::InputSource::Test)
    this->open();
}

void Button::open() {
  auto opened = open_(settings_);
  if (!opened)
    return lose(opened.error().message);
  contact_ = std::move(*opened);
  presence_.back();
  const auto condition = static_cast<GIOCondition>(G_IO_IN | G_IO_HUP | G_IO_ERR);
  readable_ = glib::EventSource::descriptor(context_, contact_->descriptor(), condition, [this] {
    read();
    return glib::Continue::Yes;
  });
}

void Button::read() {
  const auto changes = contact_->read();
  if (!changes)
    return lose("it was pulled out");
  for (const Change change : *changes)
    heed(change);
}

void Button::lose(const std::string& reason) {
  readable_.stop();
  contact_.reset();
  presses_.release();
  presence_.away(fmt::format("nobody can ring by input '{}': {}", settings_.id.value(), reason));
}

void Button::heed(Change change) {
  if (change == Change::Released)
    presses_.release();
  else if (presses_.press(clock_.now()))
    onRing_(settings_);
}

void Button::ringAsTest() {
  if (clock_.now() - tested_ < kTestPause)
    return;
  tested_ = clock_.now();
  onRing_(settings_);
}

void Button::tick() {
  if (settings_.source == config::InputSource::Test)
    return ringAsTest();
  if (!contact_)
    open();
  const bool isStuck = presses_.isStuck(clock_.now());
  if (isStuck == std::exchange(isStuck_, isStuck))
    return;
  base::logEvent(isStuck ? base::LogLevel::Warning : base::LogLevel::Info, "doorbell",
                 {{"EVENT", isStuck ? "input-stuck" : "input-free"}, {"INPUT", settings_.id.value()}}, "input '{}' {}",
                 settings_.id.value(), isStuck ? "has been pressed for 30 s: it may be stuck" : "is pressed no more");
}

}  // namespace fanlight::doorbell
