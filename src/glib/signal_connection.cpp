// SPDX-License-Identifier: Apache-2.0
// Disconnecting from an instance that may be gone.
#include "glib/signal_connection.h"

#include "glib/ref.h"

namespace fanlight::glib {

void SignalConnection::disconnect() {
  // Taken first: the handler, which goes now, may own this object.
  const std::unique_ptr<GWeakRef> weak = std::move(instance_);
  const gulong handler = std::exchange(handler_, 0);
  if (!weak)
    return;
  const auto instance = Ref<GObject>::adopt(static_cast<GObject*>(g_weak_ref_get(weak.get())));
  if (instance && handler != 0)
    g_signal_handler_disconnect(instance.get(), handler);
  g_weak_ref_clear(weak.get());
}

}  // namespace fanlight::glib
