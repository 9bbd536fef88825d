// SPDX-License-Identifier: Apache-2.0
// A viewer's channel for where a WebSocket cannot be had: what the device says is one long response, a JSON text a line
// (application/x-ndjson); what the viewer says comes in requests of its own. Main thread.
#pragma once

#include <functional>
#include <string>

#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "http/listener.h"
#include "http/options.h"
#include "http/write_queue.h"
#include "session/channel.h"

namespace fanlight::http {

inline constexpr const char* kNdjsonType = "application/x-ndjson";

/// Ends with the response: where the viewer drops it, takes nothing of it for long, or is no longer reached.
class HttpChannel final : public session::Channel {
 public:
  /// Takes over the connection, after its request, and begins with `head`, which announces a body in chunks (RFC 9112
  /// section 7.1). `gone` is called from the loop after the listener's onClosed(), and may destroy the channel.
  HttpChannel(const glib::MainContext& context, const Times& times, Accepted accepted, glib::Ref<GIOStream> stream,
              std::string_view head, std::function<void()> gone);
  /// Ends the response of a peer that is still there.
  ~HttpChannel() override;

  /// Hands each line of `body` on as a message, until one of them closes the channel.
  void receive(std::string_view body);
  bool isOpen() const { return state_ == State::Open; }

  void send(std::string_view text) override;
  /// Ends the response; the peer has Times::closing to hear it.
  void close() override;
  void setListener(session::ChannelListener* listener) override { listener_ = listener; }

 private:
  enum class State { Open, Closing, Closed };

  void addChunk(std::string_view line);
  glib::Continue onReadable();
  void onDrained();
  void onTick();
  void finish();

  const glib::MainContext context_;
  const Times times_;
  Accepted accepted_;
  const glib::Ref<GIOStream> stream_;
  const std::function<void()> gone_;
  session::ChannelListener* listener_ = nullptr;
  State state_ = State::Open;
  WriteQueue outgoing_;
  std::size_t strayBytes_ = 0;
  glib::EventSource readable_;
  glib::EventSource timer_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::http
