// SPDX-License-Identifier: Apache-2.0
// A viewer's channel for where a WebSocket cannot be had: what the device says is one long response, a JSON text a line
// (application/x-ndjson); what the viewer says comes in requests of its own. Main thread.
#pragma once

#include <string_view>

#include "http/stream_channel.h"

namespace fanlight::http {

inline constexpr const char* kNdjsonType = "application/x-ndjson";

/// Ends with the response: where the viewer drops it, takes nothing of it for long, or is no longer reached.
class HttpChannel final : public StreamChannel {
 public:
  /// Takes over the connection, after its request, and begins with `head`, which announces a body in chunks (RFC 9112
  /// section 7.1).
  HttpChannel(const glib::MainContext& context, const Times& times, Accepted accepted, glib::Ref<GIOStream> stream,
              std::string_view head, std::function<void()> gone);
  /// Ends the response of a peer that is still there.
  ~HttpChannel() override;

  /// Hands each line of `body` on as a message, until one of them closes the channel.
  void receive(std::string_view body);

  void send(std::string_view text) override;
  /// Ends the response; the peer has Times::closing to hear it.
  void close() override;

 private:
  void onTick() override;
  void addChunk(std::string_view line);
  glib::Continue onReadable();

  std::size_t strayBytes_ = 0;
};

}  // namespace fanlight::http
