// SPDX-License-Identifier: Apache-2.0
// The end of a connection whose peer still sends: closing at once would reset it, and the peer would lose the response
// that says why. What comes is thrown away for a while. Main thread.
#pragma once

#include <chrono>
#include <functional>

#include "glib/event_source.h"

namespace fanlight::http {

/// A refused body that is longer is not heard to its end.
inline constexpr std::size_t kMaxLingeringBytes = 2 * 1024 * 1024;

class LingeringClose {
 public:
  /// `stream` stays the caller's and is not to be written to any more. `done` is called from the loop when the peer has
  /// ended as well, or has had `limit` or kMaxLingeringBytes; it may destroy this.
  LingeringClose(const glib::MainContext& context, GIOStream* stream, std::chrono::milliseconds limit,
                 std::function<void()> done);

 private:
  glib::Continue drain();
  void finish();

  GIOStream* const stream_;
  const std::function<void()> done_;
  std::size_t drained_ = 0;
  glib::EventSource readable_;
  glib::EventSource limit_;
};

}  // namespace fanlight::http
