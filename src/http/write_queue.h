// SPDX-License-Identifier: Apache-2.0
// What waits to be written to a peer that may be slow. Main thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "glib/event_source.h"
#include "glib/ref.h"

namespace fanlight::http {

/// What may wait for a slow reader before it is dropped.
inline constexpr std::size_t kMaxBacklogBytes = 256 * 1024;

class WriteQueue {
 public:
  /// Called inside add() or from the loop. Neither may destroy the queue.
  struct Handlers {
    std::function<void()> drained;  ///< nothing waits any more
    std::function<void()> failed;   ///< the peer is gone, or more than kMaxBacklogBytes would wait for it
  };

  WriteQueue(const glib::MainContext& context, glib::Ref<GIOStream> stream, Handlers handlers)
      : context_(context), stream_(std::move(stream)), handlers_(std::move(handlers)) {}

  /// Writes what goes at once; the rest waits.
  void add(std::string_view bytes);
  bool isEmpty() const { return waiting_.empty(); }
  /// Whether something waits, and none of it has gone since this was last asked.
  bool hasStalled();
  /// Nothing is written, and nobody is called, any more.
  void stop();

 private:
  void flush();
  void waitForRoom();

  const glib::MainContext context_;
  const glib::Ref<GIOStream> stream_;
  const Handlers handlers_;
  std::string waiting_;
  bool isProgressing_ = true;
  glib::EventSource writable_;
};

}  // namespace fanlight::http
