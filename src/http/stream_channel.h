// SPDX-License-Identifier: Apache-2.0
// What every channel over a connection of its own shares: its end, in order and told once. Main thread.
//
//   Open ──beginClosing()──▶ Closing ──peer closed, Times::closing over──▶ Closed
//    └──────────────── finish(): peer gone, or it takes nothing ──────────────▲
#pragma once

#include <functional>

#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "http/listener.h"
#include "http/options.h"
#include "http/write_queue.h"
#include "session/channel.h"

namespace fanlight::http {

class StreamChannel : public session::Channel {
 public:
  /// Closes the connection; whoever is gone hears nothing of it.
  ~StreamChannel() override;

  void setListener(session::ChannelListener* listener) final { listener_ = listener; }
  bool isOpen() const { return state_ == State::Open; }
  /// Whether the connection is gone, and its place with it.
  bool isClosed() const { return state_ == State::Closed; }

 protected:
  /// Takes over the connection. `stream` reads and writes what `accepted` carries. `gone` is called from the loop after
  /// the listener's onClosed(), and may destroy the channel.
  StreamChannel(const glib::MainContext& context, const Times& times, Accepted accepted, glib::Ref<GIOStream> stream,
                std::function<void()> gone);

  /// Each Times::ping while it is open.
  virtual void onTick() = 0;
  /// All that was added is written.
  virtual void onDrained();

  /// The peer has Times::closing to hear what is added from here on, and to close.
  void beginClosing();
  /// Closes the connection where it stands, and tells the listener from the loop.
  void finish();

 private:
  enum class State { Open, Closing, Closed };

  const std::function<void()> gone_;
  State state_ = State::Open;
  glib::EventSource timer_;

 protected:
  const glib::MainContext context_;
  const Times times_;
  Accepted accepted_;
  const glib::Ref<GIOStream> stream_;
  session::ChannelListener* listener_ = nullptr;
  WriteQueue outgoing_;
  glib::EventSource readable_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::http
