// SPDX-License-Identifier: Apache-2.0
// Half a shutdown, and reading on.
#include "http/lingering_close.h"

#include <array>
#include <cerrno>

#include <sys/socket.h>

namespace fanlight::http {
namespace {

/// Taken in one go, so that a fast sender leaves the loop its other work.
constexpr std::size_t kDrainBytesAtOnce = 64 * 1024;

}  // namespace

LingeringClose::LingeringClose(const glib::MainContext& context, int descriptor, std::chrono::milliseconds limit,
                               std::function<void()> done)
    : descriptor_(descriptor), done_(std::move(done)) {
  ::shutdown(descriptor_, SHUT_WR);
  readable_ = glib::EventSource::descriptor(context, descriptor_, G_IO_IN, [this] { return drain(); });
  limit_ = glib::EventSource::timer(context, limit, [this] {
    finish();
    return glib::Continue::No;
  });
}

glib::Continue LingeringClose::drain() {
  std::array<char, kDrainBytesAtOnce> waste;
  const ssize_t got = ::recv(descriptor_, waste.data(), waste.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR))
    return glib::Continue::Yes;
  drained_ += got > 0 ? static_cast<std::size_t>(got) : 0;
  if (got > 0 && drained_ <= kMaxLingeringBytes)
    return glib::Continue::Yes;
  finish();
  return glib::Continue::No;
}

void LingeringClose::finish() {
  readable_.stop();
  limit_.stop();
  // A copy, since it may destroy this.
  const auto done = done_;
  done();
}

}  // namespace fanlight::http
