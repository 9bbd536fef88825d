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
  // A key shows pictures; it never comes to signaling, by this way either.
  const bool isByKey = session.grant().form == session::TokenForm::Key;
  if (label != kControlLabel || ofSession >= kMaxPerSession || isByKey)
    return channel->close();
  // A copy, since the session may be gone when it is looked for.
  const session::SessionId id = session.id();  // NOLINT(performance-unnecessary-copy-initialization)
  session::Channel& transport = *channel;
  joined_.push_back({id, std::move(channel), nullptr});
  auto endpoint = std::make_unique<signaling::Endpoint>(services_, transport, session);
  // A message that had been waiting may have ended the session by now.
  const auto joined = std::ranges::find(joined_, id, &Joined::session);
  if (joined != joined_.end())
    joined->endpoint = std::move(endpoint);
}

void ControlChannels::remove(const session::Session& session) {
  std::erase_if(joined_, [&session](const Joined& one) { return one.session == session.id(); });
}

}  // namespace fanlight::app
