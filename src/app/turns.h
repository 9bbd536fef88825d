// SPDX-License-Identifier: Apache-2.0
// What the configuration says of turns to talk, and the clock that they need while somebody talks. Main thread.
#pragma once

#include <functional>
#include <vector>

#include "config/settings.h"
#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "session/talk.h"

namespace fanlight::app {

class Turns {
 public:
  /// `onChange`: others talk now than before. `talk` outlives it.
  Turns(const glib::MainContext& context, const std::vector<config::Audio>& settings, session::Talk& talk,
        std::function<void()> onChange);

 private:
  void afterChange(const base::AudioId& audio);

  const glib::MainContext context_;
  session::Talk& talk_;
  const std::function<void()> onChange_;
  glib::EventSource timer_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::app
