// SPDX-License-Identifier: Apache-2.0
// Writing lines, and noticing that nobody reads them.
#include "http/http_channel.h"

#include <array>

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "base/log.h"
#include "glib/transport_stream.h"

namespace fanlight::http {
namespace {

/// After its request a peer has nothing to say on this connection; some send an empty line.
constexpr std::size_t kMaxStrayBytes = 1024;
/// What is not acknowledged for as long as a WebSocket may leave pings unanswered, never will be.
constexpr int kUnheardTicks = 2;

}  // namespace

HttpChannel::HttpChannel(const glib::MainContext& context, const Times& times, Accepted accepted,
                         glib::Ref<GIOStream> stream, std::string_view head, std::function<void()> gone)
    : context_(context),
      times_(times),
      accepted_(std::move(accepted)),
      stream_(std::move(stream)),
      gone_(std::move(gone)),
      outgoing_(context_, stream_.clone(), {[this] { onDrained(); }, [this] { finish(); }}) {
  g_socket_set_option(accepted_.socket.get(), IPPROTO_TCP, TCP_USER_TIMEOUT,
                      static_cast<int>(kUnheardTicks * times_.ping.count()), nullptr);
  timer_ = glib::EventSource::timer(context_, times_.ping, [this] {
    onTick();
    return state_ == State::Open ? glib::Continue::Yes : glib::Continue::No;
  });
  readable_ = glib::EventSource::readable(context_, accepted_.stream.get(), [this] { return onReadable(); });
  outgoing_.add(head);
}

HttpChannel::~HttpChannel() {
  if (state_ == State::Closed)
    return;
  listener_ = nullptr;
  close();
  glib::close(accepted_.stream.get());
}

void HttpChannel::receive(std::string_view body) {
  while (!body.empty() && isOpen()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(line.size() + 1, body.size()));
    if (listener_ && line.find_first_not_of(" \t\r") != std::string_view::npos)
      listener_->onMessage(line);
  }
}

void HttpChannel::send(std::string_view text) {
  if (isOpen())
    addChunk(text);
}

void HttpChannel::addChunk(std::string_view line) {
  outgoing_.add(fmt::format("{:x}\r\n{}\n\r\n", line.size() + 1, line));
}

glib::Continue HttpChannel::onReadable() {
  std::array<char, kMaxStrayBytes> stray;
  const glib::Moved got = glib::readSome(accepted_.stream.get(), stray);
  strayBytes_ += got.value_or(0);
  if (got != 0u && strayBytes_ <= kMaxStrayBytes)
    return glib::Continue::Yes;
  finish();
  return glib::Continue::No;
}

void HttpChannel::onDrained() {
  if (state_ == State::Closing)
    glib::endSending(accepted_.stream.get());
}

void HttpChannel::onTick() {
  if (outgoing_.hasStalled()) {
    base::logDebug("http", "closed a channel: its peer does not read what it is sent");
    finish();
    return;
  }
  addChunk({});
}

void HttpChannel::close() {
  if (state_ != State::Open)
    return;
  state_ = State::Closing;
  timer_ = glib::EventSource::timer(context_, times_.closing, [this] {
    finish();
    return glib::Continue::No;
  });
  outgoing_.add("0\r\n\r\n");
}

void HttpChannel::finish() {
  if (state_ == State::Closed)
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
