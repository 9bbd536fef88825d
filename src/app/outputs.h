// SPDX-License-Identifier: Apache-2.0
// The outputs of the configuration, and what makes each active: who may open a door, who rings, watches or talks. Main
// thread.
#pragma once

#include <memory>
#include <vector>

#include "config/settings.h"
#include "doorbell/output.h"
#include "session/catalogue.h"
#include "session/outputs.h"
#include "session/registry.h"
#include "session/rings.h"

namespace fanlight::app {

class Outputs final : public session::Outputs {
 public:
  /// All outlive it.
  Outputs(const glib::MainContext& context, const config::Settings& settings, session::Rings& rings,
          session::Catalogue& catalogue, const session::Registry& registry);

  const std::vector<session::OutputInfo>& outputs() const override { return opened_; }
  session::Answered<void> open(const base::OutputId& output, const std::string& name) override;

  /// Asked once a second.
  void tick();
  /// All are inactive from now on, for good.
  void close() { outputs_.clear(); }

 private:
  struct One {
    session::OutputInfo info;
    std::unique_ptr<doorbell::Output> output;
    config::OutputUse on() const { return output->settings().on; }
  };

  void onRing(const session::Ring& ring);
  /// What is active as long as somebody does something.
  void review();
  bool isWatched(const session::OutputInfo& output) const;
  bool isTalked(const session::OutputInfo& output) const;

  const session::Catalogue& catalogue_;
  const session::Registry& registry_;
  std::vector<One> outputs_;
  std::vector<session::OutputInfo> opened_;
  session::Subscription rings_;
  session::Subscription cameras_;
};

}  // namespace fanlight::app
