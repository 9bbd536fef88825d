// SPDX-License-Identifier: Apache-2.0
// One output: active for a while when it is pulsed, or as long as it is held, and opened again where its chip went.
// Inactive when it is destroyed. Main thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "config/settings.h"
#include "doorbell/output_line.h"
#include "doorbell/presence.h"
#include "glib/event_source.h"

namespace fanlight::doorbell {

class Output {
 public:
  /// Another for tests.
  using Opener = std::function<OpenedOutputLine(const config::Output&)>;

  Output(const glib::MainContext& context, config::Output settings)
      : Output(context, std::move(settings), openOutputLine) {}
  Output(const glib::MainContext& context, config::Output settings, Opener open);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  const config::Output& settings() const { return settings_; }

  /// Active for its time; nothing more comes of it while it is. False: its chip is away.
  bool pulse();
  /// Active until it is said otherwise; once its chip is back where that is away.
  void hold(bool isWanted);
  /// Looks for a chip that is away. Asked once a second, when the process is awake anyway.
  void tick();

 private:
  void open();
  bool set(bool isActive);
  void lose(const std::string& reason);

  const glib::MainContext context_;
  const config::Output settings_;
  const Opener open_;
  std::unique_ptr<OutputLine> line_;  ///< null while it is away
  Presence presence_;
  bool isHeld_ = false;
  glib::EventSource pulse_;
};

}  // namespace fanlight::doorbell
