// SPDX-License-Identifier: Apache-2.0
// Reads a request's head ahead of libsoup, so that it can be refused before libsoup sees it: the libsoup of the floor
// loses memory over some malformed heads, and takes up to 64 kB of any. Main thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "glib/event_source.h"

namespace fanlight::http {

class HeadReader {
 public:
  /// What was found. Each ends the reading, and may destroy the HeadReader.
  struct Handlers {
    std::function<void(std::string_view head)> found;  ///< the stream gives it once more, and what came behind it
    std::function<void()> tooLong;                     ///< more than kMaxHeadBytes without an end
    std::function<void()> ended;                       ///< the peer is gone, or will send no more
  };

  /// `stream` is one of glib::makeStream(), and outlives this.
  HeadReader(const glib::MainContext& context, GIOStream* stream, Handlers handlers);

 private:
  glib::Continue readOn();

  GIOStream* const stream_;
  const Handlers handlers_;
  std::string bytes_;
  glib::EventSource readable_;
};

}  // namespace fanlight::http
