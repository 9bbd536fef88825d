// SPDX-License-Identifier: Apache-2.0
// A handler that a C library owns and calls on whichever thread it likes.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include <glib.h>

namespace fanlight::glib {

/// GLib and GStreamer hand it to the calling thread under a lock of their own; the flag says the same to the thread
/// sanitizer, which cannot see that.
template <class Function>
class HandedOver {
 public:
  /// The library's own from here on, until it calls free().
  static gpointer give(Function function) { return std::make_unique<HandedOver>(std::move(function)).release(); }
  static void free(gpointer data) { std::default_delete<HandedOver>()(static_cast<HandedOver*>(data)); }

  template <class... Args>
  static auto call(gpointer data, Args... args) {
    auto* handed = static_cast<HandedOver*>(data);
    [[maybe_unused]] const bool isWhole = handed->isWhole_.load(std::memory_order_acquire);
    return handed->function_(args...);
  }

  explicit HandedOver(Function function) : function_(std::move(function)) {
    isWhole_.store(true, std::memory_order_release);
  }

 private:
  Function function_;
  std::atomic<bool> isWhole_ = false;
};

}  // namespace fanlight::glib
