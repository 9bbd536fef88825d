// SPDX-License-Identifier: Apache-2.0
// Half a shutdown, and reading on.
#include "http/lingering_close.h"

#include <array>

#include "glib/transport_stream.h"

namespace fanlight::http {
namespace {

/// Taken in one go, so that a fast sender leaves the loop its other work.
constexpr std::size_t kDrainBytesAtOnce = 64 * 1024;

}  // namespace

LingeringClose::LingeringClose(const glib::MainContext& context, GIOStream* stream, std::chrono::milliseconds limit,
                               std::function<void()> done)
    : stream_(stream), done_(std::move(done)) {
  glib::endSending(stream_);
  readable_ = glib::EventSource::readable(context, stream_, [this] { return drain(); });
  limit_ = glib::EventSource::timer(context, limit, [this] {
    finish();
    return glib::Continue::No;
  });
}

glib::Continue LingeringClose::drain() {
  std::array<char, kDrainBytesAtOnce> waste;
  const glib::Moved got = glib::readSome(stream_, waste);
  drained_ += got.value_or(0);
  if (got != 0u && drained_ <= kMaxLingeringBytes)
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
