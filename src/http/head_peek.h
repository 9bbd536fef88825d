// SPDX-License-Identifier: Apache-2.0
// Looks at a request's head while it still stands in the socket, so that it can be refused before libsoup reads it: the
// libsoup of the floor loses memory over some malformed heads, and takes up to 64 kB of any. Main thread.
#pragma once

#include <functional>
#include <string_view>

#include "glib/event_source.h"

namespace fanlight::http {

class HeadPeek {
 public:
  /// What was found. Each ends the looking, and may destroy the HeadPeek.
  struct Handlers {
    std::function<void(std::string_view head)> found;
    std::function<void()> tooLong;  ///< more than kMaxHeadBytes without an end
    std::function<void()> ended;    ///< the peer is gone, or will send no more
  };

  /// `descriptor` is a TCP socket's and stays the caller's. A TLS stream will need another way to look ahead.
  HeadPeek(const glib::MainContext& context, int descriptor, Handlers handlers);

 private:
  glib::Continue look();
  void wakeAfter(std::size_t bytes);

  const int descriptor_;
  const Handlers handlers_;
  std::size_t seen_ = 0;
  glib::EventSource readable_;
};

}  // namespace fanlight::http
