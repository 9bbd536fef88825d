// SPDX-License-Identifier: Apache-2.0
// What is rung by at the door, and who is told of it. Main thread.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/wall_clock.h"
#include "config/settings.h"
#include "doorbell/button.h"
#include "glib/lifetime.h"
#include "http/webhook.h"
#include "session/rings.h"
#include "session/stills.h"

namespace fanlight::app {

class Doorbell {
 public:
  /// `clock`, `rings` and `stills` outlive it.
  Doorbell(const glib::MainContext& context, const base::Clock& clock, const config::Settings& settings,
           session::Rings& rings, session::Stills& stills);

  /// Asked once a second.
  void tick();
  /// Nobody can ring any more, and no picture is asked for.
  void close();

 private:
  void ring(const config::Input& input);
  void onRing(const session::Ring& ring) const;
  /// Tells the input's webhook, with a picture of who rings where there is one.
  void tell(const config::Input& input, const session::Ring& ring);
  void send(const config::Input& input, const session::Ring& ring, std::shared_ptr<const std::string> picture);
  void afterSent(const config::Input& input, const base::Result<>& outcome);

  const base::Clock& clock_;
  const base::SystemClock wallClock_;
  const std::vector<config::Camera> cameras_;  ///< of the settings
  const base::DeviceId device_;
  session::Rings& rings_;
  session::Stills& stills_;
  http::Webhooks webhooks_;
  std::set<base::InputId> untold_;  ///< whose webhook does not take what it is told
  std::vector<std::unique_ptr<doorbell::Button>> buttons_;
  session::Subscription answers_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::app
