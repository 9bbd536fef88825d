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
    : StreamChannel(context, times, std::move(accepted), std::move(stream), std::move(gone)) {
  g_socket_set_option(accepted_.socket.get(), IPPROTO_TCP, TCP_USER_TIMEOUT,
                      static_cast<int>(kUnheardTicks * times_.ping.count()), nullptr);
  readable_ = glib::EventSource::readable(context_, accepted_.stream.get(), [this] { return onReadable(); });
  outgoing_.add(head);
}

HttpChannel::~HttpChannel() {
  listener_ = nullptr;
  close();
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

void HttpChannel::onTick() {
  if (outgoing_.hasStalled()) {
    base::logDebug("http", "closed a channel: its peer does not read what it is sent");
    finish();
    return;
  }
  addChunk({});
}

void HttpChannel::close() {
  if (!isOpen())
    return;
  beginClosing();
  outgoing_.add("0\r\n\r\n");
}

}  // namespace fanlight::http
