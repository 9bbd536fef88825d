// SPDX-License-Identifier: Apache-2.0
// The viewers' `control` data channels, joined to signaling like any other transport. Main thread.
#pragma once

#include <list>
#include <memory>

#include "session/registry.h"
#include "signaling/endpoint.h"

namespace fanlight::app {

/// The label that the page gives the channel.
inline constexpr std::string_view kControlLabel = "control";

class ControlChannels {
 public:
  explicit ControlChannels(const signaling::Services& services) : services_(services) {}

  /// Takes the channel where it is a control channel; others are closed.
  void add(const session::Session& session, const std::string& label, std::shared_ptr<session::Channel> channel);
  /// The session has ended, and its channels with it.
  void remove(const session::Session& session);

 private:
  struct Joined {
    session::SessionId session;
    std::shared_ptr<session::Channel> channel;
    std::unique_ptr<signaling::Endpoint> endpoint;
  };

  const signaling::Services& services_;
  std::list<Joined> joined_;
};

}  // namespace fanlight::app
