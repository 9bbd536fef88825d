// SPDX-License-Identifier: Apache-2.0
// A viewer's WebSocket as a channel. It ends a peer that answers no pings, takes nothing of what waits for it, or sends
// more than it may. Main thread.
#pragma once

#include <functional>
#include <string>

#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "http/listener.h"
#include "http/options.h"
#include "http/web_socket_codec.h"
#include "http/write_queue.h"
#include "session/channel.h"

namespace fanlight::http {

/// Frames a peer may send between two pings, its own pings and fragments counted.
inline constexpr std::uint64_t kMaxFramesPerPing = 2000;

class WebSocketChannel final : public session::Channel {
 public:
  /// Takes over the connection after its handshake. `gone` is called from the loop after the listener's onClosed(), and
  /// may destroy the channel.
  WebSocketChannel(const glib::MainContext& context, const Times& times, Accepted accepted, glib::Ref<GIOStream> stream,
                   std::function<void()> gone);
  /// Says GoingAway to a peer that is still there.
  ~WebSocketChannel() override;

  void send(std::string_view text) override;
  void close() override { closeWith(CloseCode::Normal, {}); }
  /// Says why to the peer, who has Times::closing to close as well.
  void closeWith(CloseCode code, std::string_view why);
  void setListener(session::ChannelListener* listener) override { listener_ = listener; }

  const std::string& remoteAddress() const { return remoteAddress_; }

 private:
  enum class State { Open, Closing, Closed };

  glib::Continue onReadable();
  void readOn();
  void waitForBytes();
  void onBytes(std::string_view bytes);
  void handle(const TextMessage& message);
  void handle(const Ping& ping);
  void handle(const Pong& pong);
  void handle(const PeerClose& close);
  void onDrained();
  void onTick();
  void finish();

  const glib::MainContext context_;
  const Times times_;
  Accepted accepted_;
  const std::string remoteAddress_;
  glib::Ref<GIOStream> stream_;
  const std::function<void()> gone_;
  session::ChannelListener* listener_ = nullptr;
  State state_ = State::Open;
  WebSocketReader reader_;
  WriteQueue outgoing_;
  std::string pong_;     ///< waits until `outgoing_` is empty; only the latest ping is answered
  bool isHeard_ = true;  ///< since the last ping
  int silentPings_ = 0;
  std::uint64_t framesAtPing_ = 0;
  glib::EventSource readable_;
  glib::EventSource timer_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::http
