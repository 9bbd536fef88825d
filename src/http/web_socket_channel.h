// SPDX-License-Identifier: Apache-2.0
// A viewer's WebSocket as a channel. It ends a peer that answers no pings, takes nothing of what waits for it, or sends
// more than it may. Main thread.
#pragma once

#include <string>

#include "http/stream_channel.h"
#include "http/web_socket_codec.h"

namespace fanlight::http {

/// Frames a peer may send between two pings, its own pings and fragments counted.
inline constexpr std::uint64_t kMaxFramesPerPing = 2000;

class WebSocketChannel final : public StreamChannel {
 public:
  /// Takes over the connection after its handshake.
  WebSocketChannel(const glib::MainContext& context, const Times& times, Accepted accepted, glib::Ref<GIOStream> stream,
                   std::function<void()> gone);
  /// Says GoingAway to a peer that is still there.
  ~WebSocketChannel() override;

  void send(std::string_view text) override;
  void close() override { closeWith(CloseCode::Normal, {}); }
  /// Says why to the peer, who has Times::closing to close as well.
  void closeWith(CloseCode code, std::string_view why);

 private:
  void onTick() override;
  void onDrained() override;
  glib::Continue onReadable();
  void readOn();
  void waitForBytes();
  void onBytes(std::string_view bytes);
  void handle(const TextMessage& message);
  void handle(const Ping& ping);
  void handle(const Pong& pong);
  void handle(const PeerClose& close);

  WebSocketReader reader_;
  std::string pong_;     ///< waits until `outgoing_` is empty; only the latest ping is answered
  bool isHeard_ = true;  ///< since the last ping
  int silentPings_ = 0;
  std::uint64_t framesAtPing_ = 0;
};

}  // namespace fanlight::http
