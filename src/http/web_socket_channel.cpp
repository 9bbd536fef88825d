// SPDX-License-Identifier: Apache-2.0
// Reading, writing and ending a WebSocket.
#include "http/web_socket_channel.h"

#include <array>

#include "base/log.h"
#include "glib/transport_stream.h"
#include "signaling/messages.h"

namespace fanlight::http {
namespace {

/// Read from one peer before others have their turn.
constexpr std::size_t kReadBytesAtOnce = 64 * 1024;
constexpr std::size_t kReadChunk = 16 * 1024;
/// Pings without any sign of life before the peer counts as gone.
constexpr int kMaxSilentPings = 2;

}  // namespace

WebSocketChannel::WebSocketChannel(const glib::MainContext& context, const Times& times, Accepted accepted,
                                   glib::Ref<GIOStream> stream, std::function<void()> gone)
    : StreamChannel(context, times, std::move(accepted), std::move(stream), std::move(gone)),
      reader_(signaling::kMaxMessageBytes) {
  // What came right behind the handshake may be in libsoup's buffer already; a source that is made while it is shows
  // that there is something to read for ever.
  context_.post(lifetime_.bind([this] { readOn(); }));
}

WebSocketChannel::~WebSocketChannel() {
  listener_ = nullptr;
  closeWith(CloseCode::GoingAway, "the device is going");
}

glib::Continue WebSocketChannel::onReadable() {
  readOn();
  return isClosed() ? glib::Continue::No : glib::Continue::Yes;
}

void WebSocketChannel::readOn() {
  std::array<char, kReadChunk> chunk;
  for (std::size_t total = 0; !isClosed();) {
    const glib::Moved got = glib::readSome(stream_.get(), chunk);
    if (!got)
      return waitForBytes();
    if (*got == 0)
      return finish();
    onBytes({chunk.data(), *got});
    total += *got;
    if (total >= kReadBytesAtOnce) {
      context_.post(lifetime_.bind([this] { readOn(); }));
      return;
    }
  }
}

void WebSocketChannel::waitForBytes() {
  if (!readable_.isActive())
    readable_ = glib::EventSource::readable(context_, stream_.get(), [this] { return onReadable(); });
}

void WebSocketChannel::onBytes(std::string_view bytes) {
  if (!isOpen())
    return;
  isHeard_ = true;
  reader_.feed(bytes);
  while (isOpen()) {
    auto event = reader_.next();
    if (!event) {
      closeWith(event.error().code, event.error().what);
      return;
    }
    if (reader_.frames() - framesAtPing_ > kMaxFramesPerPing) {
      closeWith(CloseCode::PolicyViolation, "too many frames");
      return;
    }
    if (!*event)
      return;
    std::visit([this](const auto& arrived) { handle(arrived); }, **event);
  }
}

void WebSocketChannel::handle(const TextMessage& message) {
  if (listener_)
    listener_->onMessage(message.text);
}

void WebSocketChannel::handle(const Ping& ping) {
  if (outgoing_.isEmpty())
    outgoing_.add(pongFrame(ping.payload));
  else
    pong_ = pongFrame(ping.payload);
}

void WebSocketChannel::handle(const Pong&) {}

void WebSocketChannel::handle(const PeerClose& close) {
  closeWith(close.code == 0 ? CloseCode::Normal : static_cast<CloseCode>(close.code), {});
}

void WebSocketChannel::send(std::string_view text) {
  if (isOpen())
    outgoing_.add(textFrame(text));
}

void WebSocketChannel::onDrained() {
  if (!pong_.empty())
    outgoing_.add(std::exchange(pong_, {}));
  else
    StreamChannel::onDrained();
}

void WebSocketChannel::onTick() {
  silentPings_ = isHeard_ ? 0 : silentPings_ + 1;
  if (silentPings_ >= kMaxSilentPings || outgoing_.hasStalled()) {
    base::logDebug("http", "closed a WebSocket: its peer is silent");
    finish();
    return;
  }
  isHeard_ = false;
  framesAtPing_ = reader_.frames();
  outgoing_.add(pingFrame());
}

void WebSocketChannel::closeWith(CloseCode code, std::string_view why) {
  if (!isOpen())
    return;
  pong_.clear();
  // From here on the peer's bytes are thrown away: closing at once could reset the connection before it has read why.
  beginClosing();
  outgoing_.add(closeFrame(code, why));
}

}  // namespace fanlight::http
