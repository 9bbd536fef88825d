// SPDX-License-Identifier: Apache-2.0
// One way to attach a GSource with a std::function as its callback.
#include "glib/event_source.h"

#include <glib-unix.h>

namespace fanlight::glib {
namespace {

using Handler = EventSource::Handler;

gboolean call(gpointer data) noexcept {
  return (*static_cast<Handler*>(data))() == Continue::Yes ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

gboolean callForDescriptor(int, GIOCondition, gpointer data) noexcept {
  return call(data);
}

gboolean callForStream(GObject*, gpointer data) noexcept {
  return call(data);
}

}  // namespace

EventSource::EventSource(const MainContext& context, Ref<GSource> source, Handler handler, GSourceFunc thunk)
    : source_(std::move(source)) {
  // GLib keeps the callback's data alive while it runs, so the handler may destroy this object.
  g_source_set_callback(source_.get(), thunk, std::make_unique<Handler>(std::move(handler)).release(),
                        [](gpointer data) { std::default_delete<Handler>()(static_cast<Handler*>(data)); });
  g_source_attach(source_.get(), context.get());
}

EventSource& EventSource::operator=(EventSource&& other) noexcept {
  if (this != &other) {
    stop();
    source_ = std::move(other.source_);
  }
  return *this;
}

void EventSource::stop() {
  // Taken first: the handler, which goes now, may own this object.
  const Ref<GSource> source = std::move(source_);
  if (source)
    g_source_destroy(source.get());
}

EventSource EventSource::timer(const MainContext& context, std::chrono::milliseconds interval, Handler handler) {
  auto source = Ref<GSource>::adopt(g_timeout_source_new(static_cast<guint>(interval.count())));
  return EventSource(context, std::move(source), std::move(handler), call);
}

EventSource EventSource::descriptor(const MainContext& context, int fd, GIOCondition condition, Handler handler) {
  auto source = Ref<GSource>::adopt(g_unix_fd_source_new(fd, condition));
  return EventSource(context, std::move(source), std::move(handler), G_SOURCE_FUNC(callForDescriptor));
}

EventSource EventSource::readable(const MainContext& context, GIOStream* stream, Handler handler) {
  auto* input = G_POLLABLE_INPUT_STREAM(g_io_stream_get_input_stream(stream));
  auto source = Ref<GSource>::adopt(g_pollable_input_stream_create_source(input, nullptr));
  return EventSource(context, std::move(source), std::move(handler), G_SOURCE_FUNC(callForStream));
}

EventSource EventSource::writable(const MainContext& context, GIOStream* stream, Handler handler) {
  auto* output = G_POLLABLE_OUTPUT_STREAM(g_io_stream_get_output_stream(stream));
  auto source = Ref<GSource>::adopt(g_pollable_output_stream_create_source(output, nullptr));
  return EventSource(context, std::move(source), std::move(handler), G_SOURCE_FUNC(callForStream));
}

EventSource EventSource::unixSignal(const MainContext& context, int signal, Handler handler) {
  auto source = Ref<GSource>::adopt(g_unix_signal_source_new(signal));
  return EventSource(context, std::move(source), std::move(handler), call);
}

}  // namespace fanlight::glib
