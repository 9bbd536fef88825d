// SPDX-License-Identifier: Apache-2.0
// Posting by a GSource of default priority: g_main_context_invoke() would run the task at once on the owner thread.
#include "glib/main_context.h"

#include <utility>

#include "glib/handed_over.h"

namespace fanlight::glib {

MainContext MainContext::main() {
  return MainContext(Ref<GMainContext>::retain(g_main_context_default()));
}

MainContext MainContext::create() {
  return MainContext(Ref<GMainContext>::adopt(g_main_context_new()));
}

void MainContext::post(std::function<void()> task) const {
  using Task = HandedOver<std::function<void()>>;
  const auto source = Ref<GSource>::adopt(g_idle_source_new());
  g_source_set_priority(source.get(), G_PRIORITY_DEFAULT);
  g_source_set_callback(
      source.get(),
      [](gpointer data) noexcept -> gboolean {
        Task::call(data);
        return G_SOURCE_REMOVE;
      },
      Task::give(std::move(task)), Task::free);
  g_source_attach(source.get(), context_.get());
}

bool MainContext::iterate(bool mayBlock) const {
  return g_main_context_iteration(context_.get(), mayBlock ? TRUE : FALSE) == TRUE;
}

}  // namespace fanlight::glib
