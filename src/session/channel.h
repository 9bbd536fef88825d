// SPDX-License-Identifier: Apache-2.0
// A two-way path of text messages to one viewer: a WebSocket, a data channel, a pair of MQTT topics. Main thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace fanlight::session {

class ChannelListener {
 public:
  virtual ~ChannelListener() = default;
  /// `text` is valid for the call; the channel has kept its size limit.
  virtual void onMessage(std::string_view text) = 0;
  /// A message of more than `limit` bytes came, and was dropped.
  virtual void onTooLarge(std::size_t limit) = 0;
  /// The last call. The channel may be destroyed inside it.
  virtual void onClosed() = 0;
};

class Channel {
 public:
  virtual ~Channel() = default;
  /// Queues one message. Does nothing once the channel is closed.
  virtual void send(std::string_view text) = 0;
  virtual void close() = 0;
  /// At most one listener; nullptr takes it away. It must outlive the channel or take itself away.
  virtual void setListener(ChannelListener* listener) = 0;
};

}  // namespace fanlight::session
