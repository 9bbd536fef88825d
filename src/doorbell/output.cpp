// SPDX-License-Identifier: Apache-2.0
#include "doorbell/output.h"

#include <utility>

#include <fmt/format.h>

namespace fanlight::doorbell {

Output::Output(const glib::MainContext& context, config::Output settings, Opener open)
    : context_(context),
      settings_(std::move(settings)),
      open_(std::move(open)),
      presence_("output", "OUTPUT", settings_.id.value()) {
  this->open();
}

void Output::open() {
  auto opened = open_(settings_);
  if (!opened)
    return lose(opened.error().message);
  line_ = std::move(*opened);
  presence_.back();
  if (isHeld_)
    set(true);
}

void Output::lose(const std::string& reason) {
  pulse_.stop();
  line_.reset();
  presence_.away(fmt::format("output '{}' does nothing: {}", settings_.id.value(), reason));
}

bool Output::set(bool isActive) {
  if (line_ && line_->set(isActive))
    return true;
  if (line_)
    lose("its chip is gone");
  return false;
}

bool Output::pulse() {
  if (pulse_.isActive())
    return true;
  if (!set(true))
    return false;
  pulse_ = glib::EventSource::timer(context_, settings_.pulse, [this] {
    set(isHeld_);
    return glib::Continue::No;
  });
  return true;
}

void Output::hold(bool isWanted) {
  if (std::exchange(isHeld_, isWanted) != isWanted)
    set(isWanted);
}

void Output::tick() {
  if (!line_)
    open();
}

}  // namespace fanlight::doorbell
