// SPDX-License-Identifier: Apache-2.0
// Bytes both ways that nobody ever blocks on: what a stream of transport_stream.h reads from and writes to. Owner
// thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include <glib.h>

namespace fanlight::glib {

/// How many bytes went. 0: no more will, at the end or after a failure; none: not now.
using Moved = std::optional<std::size_t>;

class Transport {
 public:
  virtual ~Transport() = default;

  virtual Moved read(std::span<char> into) = 0;
  /// `bytes` is not empty. After "not now" the next call begins with the same bytes.
  virtual Moved write(std::string_view bytes) = 0;
  /// Tells the peer that nothing more comes. Reading goes on.
  virtual void endSending() = 0;
  /// What is called afterwards finds the end.
  virtual void close() = 0;

  /// What is polled; -1 once it is closed.
  virtual int descriptor() const = 0;
  /// What to poll for until read() or write() is worth another call; 0: it is now, whatever the descriptor shows.
  virtual GIOCondition awaitedByRead() const { return G_IO_IN; }
  virtual GIOCondition awaitedByWrite() const { return G_IO_OUT; }
};

}  // namespace fanlight::glib
