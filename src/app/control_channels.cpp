// SPDX-License-Identifier: Apache-2.0
// One endpoint a channel; it ends with its session.
#include "app/control_channels.h"

#include <algorithm>

namespace fanlight::app {
namespace {

// A session has one; what is more is not ours.
constexpr int kMaxPerSession = 1;

}  // namespace

void ControlChannels::add(const session::Session& session, const std::string& label,
                          std::shared_ptr<session::Channel> channel) {
  const auto ofSession = std::ranges::count(joined_, session.id(), &Joined::session);
  if (label != kControlLabel || ofSession >= kMaxPerSession)
    return channel->close();
  auto endpoint = std::make_unique<signaling::Endpoint>(services_, *channel, session.source());
  joined_.push_back({session.id(), std::move(channel), std::move(endpoint)});
}

void ControlChannels::remove(const session::Session& session) {
  std::erase_if(joined_, [&session](const Joined& one) { return one.session == session.id(); });
}

}  // namespace fanlight::app
