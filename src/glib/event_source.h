// SPDX-License-Identifier: Apache-2.0
// Timers, file descriptors, streams and UNIX signals as owners of their GSource: gone with the owner, never by a
// number.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "glib/main_context.h"

namespace fanlight::glib {

/// Whether the handler wants to be called again.
enum class Continue { No, Yes };

/// Move-only owner of an attached GSource. Owner thread only. It may be destroyed or replaced inside its own handler.
class EventSource {
 public:
  using Handler = std::function<Continue()>;

  EventSource() = default;
  EventSource(EventSource&&) noexcept = default;
  EventSource& operator=(EventSource&& other) noexcept;
  ~EventSource() { stop(); }

  /// Calls `handler` first after `interval`, then each `interval` while it answers Yes.
  [[nodiscard]] static EventSource timer(const MainContext& context, std::chrono::milliseconds interval,
                                         Handler handler);
  /// Calls `handler` while `condition` (G_IO_IN and so on) holds for `fd`, which stays the caller's.
  [[nodiscard]] static EventSource descriptor(const MainContext& context, int fd, GIOCondition condition,
                                              Handler handler);
  /// Calls `handler` while there is something to read from `stream`, or room to write to it; its two ends are pollable.
  [[nodiscard]] static EventSource readable(const MainContext& context, GIOStream* stream, Handler handler);
  [[nodiscard]] static EventSource writable(const MainContext& context, GIOStream* stream, Handler handler);
  /// Calls `handler` for each arrival of SIGINT, SIGTERM or SIGHUP.
  [[nodiscard]] static EventSource unixSignal(const MainContext& context, int signal, Handler handler);

  bool isActive() const { return source_ && g_source_is_destroyed(source_.get()) == FALSE; }
  void stop();

 private:
  EventSource(const MainContext& context, Ref<GSource> source, Handler handler, GSourceFunc thunk);
  Ref<GSource> source_;
};

}  // namespace fanlight::glib
