// SPDX-License-Identifier: Apache-2.0
// Closing a connection, and saying so.
#include "http/stream_channel.h"

#include "glib/transport_stream.h"

namespace fanlight::http {

StreamChannel::StreamChannel(const glib::MainContext& context, const Times& times, Accepted accepted,
                             glib::Ref<GIOStream> stream, std::function<void()> gone)
    : gone_(std::move(gone)),
      timer_(glib::EventSource::timer(context, times.ping,
                                      [this] {
                                        onTick();
                                        return isOpen() ? glib::Continue::Yes : glib::Continue::No;
                                      })),
      context_(context),
      times_(times),
      accepted_(std::move(accepted)),
      stream_(std::move(stream)),
      outgoing_(context_, stream_.clone(), {[this] { onDrained(); }, [this] { finish(); }}) {}

StreamChannel::~StreamChannel() {
  if (!isClosed())
    glib::close(accepted_.stream.get());
}

void StreamChannel::onDrained() {
  if (state_ == State::Closing)
    glib::endSending(accepted_.stream.get());
}

void StreamChannel::beginClosing() {
  state_ = State::Closing;
  timer_ = glib::EventSource::timer(context_, times_.closing, [this] {
    finish();
    return glib::Continue::No;
  });
}

void StreamChannel::finish() {
  if (isClosed())
    return;
  state_ = State::Closed;
  readable_.stop();
  outgoing_.stop();
  timer_.stop();
  glib::close(accepted_.stream.get());
  accepted_.place.reset();
  // Later, so that nobody is told inside a call of their own.
  context_.post(lifetime_.bind([this] {
    context_.post(lifetime_.bind([gone = gone_] { gone(); }));
    if (listener_)
      listener_->onClosed();
  }));
}

}  // namespace fanlight::http
