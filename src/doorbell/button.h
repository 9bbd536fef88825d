// SPDX-License-Identifier: Apache-2.0
// One input: read while it is there, opened again where it went, and told to whoever waits for it to ring. Main thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "config/settings.h"
#include "doorbell/contact.h"
#include "doorbell/presence.h"
#include "doorbell/presses.h"
#include "glib/event_source.h"

namespace fanlight::doorbell {

/// How often one of source 'test' rings.
inline constexpr base::Duration kTestPause = std::chrono::seconds(10);

class Button {
 public:
  using RingHandler = std::function<void(const config::Input&)>;
  /// Another for tests.
  using Opener = std::function<OpenedContact(const config::Input&)>;

  Button(const glib::MainContext& context, const base::Clock& clock, config::Input settings, RingHandler onRing);
  Button(const glib::MainContext& context, const base::Clock& clock, config::Input settings, RingHandler onRing,
         Opener open);
  Button(const Button&) = delete;
  Button& operator=(const Button&) = delete;

  /// Looks for one that is away, and at one that is held. Asked once a second, when the process is awake anyway.
  void tick();

 private:
  void open();
  void read();
  void lose(const std::string& reason);
  void heed(Change change);
  void ringAsTest();

  const glib::MainContext context_;
  const base::Clock& clock_;
  const config::Input settings_;
  const RingHandler onRing_;
  const Opener open_;
  Presses presses_;
  std::unique_ptr<Contact> contact_;  ///< null while it is away
  Presence presence_;
  bool isStuck_ = false;  ///< as it was told
  base::TimePoint tested_;
  glib::EventSource readable_;
};

}  // namespace fanlight::doorbell
