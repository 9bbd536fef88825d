// SPDX-License-Identifier: Apache-2.0
// Posting by a GSource of default priority: g_main_context_invoke() would run the task at once on the owner thread.
#include "glib/main_context.h"

#include <atomic>
#include <memory>

namespace fanlight::glib {

MainContext MainContext::main() {
  return MainContext(Ref<GMainContext>::retain(g_main_context_default()));
}

MainContext MainContext::create() {
  return MainContext(Ref<GMainContext>::adopt(g_main_context_new()));
}

void MainContext::post(std::function<void()> task) const {
  // GLib hands the task over under a lock of its own; the flag says the same to the thread sanitizer, which cannot see
  // it.
  struct Posted {
    std::function<void()> task;
    std::atomic<bool> isWhole = false;
  };
  auto held = std::make_unique<Posted>();
  held->task = std::move(task);
  held->isWhole.store(true, std::memory_order_release);
  const auto source = Ref<GSource>::adopt(g_idle_source_new());
  g_source_set_priority(source.get(), G_PRIORITY_DEFAULT);
  g_source_set_callback(
      source.get(),
      [](gpointer data) noexcept -> gboolean {
        auto* posted = static_cast<Posted*>(data);
        if (posted->isWhole.load(std::memory_order_acquire))
          posted->task();
        return G_SOURCE_REMOVE;
      },
      held.release(), [](gpointer data) { std::default_delete<Posted>()(static_cast<Posted*>(data)); });
  g_source_attach(source.get(), context_.get());
}

bool MainContext::iterate(bool mayBlock) const {
  return g_main_context_iteration(context_.get(), mayBlock ? TRUE : FALSE) == TRUE;
}

}  // namespace fanlight::glib
