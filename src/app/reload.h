// SPDX-License-Identifier: Apache-2.0
// A changed configuration under a daemon that runs: what can count at once does, nobody who watches is dropped, and
// what waits for a restart is named. Main thread.
#pragma once

#include "app/cameras.h"
#include "config/load.h"
#include "session/registry.h"

namespace fanlight::app {

class Reload {
 public:
  /// Where the files are, and what they may name.
  struct From {
    config::Sources sources;
    config::Choices choices;
  };

  /// `counting`: what the daemon was made from.
  Reload(From from, config::Settings counting, Cameras& cameras, session::Registry& registry)
      : from_(std::move(from)), counting_(std::move(counting)), cameras_(cameras), registry_(registry) {}

  /// Reads the files again. Where something is wrong in them it is logged, and everything stays as it was.
  void run();

 private:
  void apply(const config::Settings& now);
  void applyCamera(const config::Camera& camera, bool needsNewPicture);

  const From from_;
  config::Settings counting_;  ///< without what waits
  Cameras& cameras_;
  session::Registry& registry_;
};

}  // namespace fanlight::app
