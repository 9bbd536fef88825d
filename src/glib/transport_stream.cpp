// SPDX-License-Identifier: Apache-2.0
// Three GObject classes over one transport, and the source that tells when it is worth another call.
#include "glib/transport_stream.h"

#include <algorithm>
#include <memory>

#include "glib/owned.h"

namespace fanlight::glib {
namespace {

/// What the objects of one stream have in common.
struct Shared {
  std::unique_ptr<Transport> transport;
  std::string givenBack;

  Moved read(std::span<char> into) {
    if (givenBack.empty())
      return transport->read(into);
    const std::size_t size = std::min(into.size(), givenBack.size());
    std::copy_n(givenBack.begin(), size, into.begin());
    givenBack.erase(0, size);
    return size;
  }
};

/// What is polled for; 0: nothing needs to be.
using Awaited = GIOCondition (*)(const Shared& shared);

GIOCondition awaitedByRead(const Shared& shared) {
  const bool isReady = !shared.givenBack.empty() || shared.transport->descriptor() < 0;
  return isReady ? GIOCondition(0) : shared.transport->awaitedByRead();
}

GIOCondition awaitedByWrite(const Shared& shared) {
  return shared.transport->descriptor() < 0 ? GIOCondition(0) : shared.transport->awaitedByWrite();
}

// The source. What is awaited may be another thing each time, so it is asked for before each poll.

struct AwaitSource {
  GSource parent;
  std::shared_ptr<Shared> shared;
  Awaited awaited;
  gpointer tag;
  GIOCondition polled;
};

AwaitSource* toAwait(GSource* source) {
  return reinterpret_cast<AwaitSource*>(source);
}

gboolean prepareAwait(GSource* source, gint* timeout) {
  AwaitSource& await = *toAwait(source);
  const GIOCondition awaited = await.awaited(*await.shared);
  // Only where it is another one: GLib wakes the loop for it.
  if (await.tag && awaited != await.polled)
    g_source_modify_unix_fd(source, await.tag, awaited);
  await.polled = awaited;
  *timeout = -1;
  return awaited == 0 ? TRUE : FALSE;
}

gboolean checkAwait(GSource* source) {
  const AwaitSource& await = *toAwait(source);
  const bool isShown = await.tag && g_source_query_unix_fd(source, await.tag) != 0;
  return isShown || await.awaited(*await.shared) == 0 ? TRUE : FALSE;
}

/// The source that it is a child of is what calls somebody.
gboolean dispatchAwait(GSource*, GSourceFunc, gpointer) {
  return G_SOURCE_CONTINUE;
}

void finalizeAwait(GSource* source) {
  std::destroy_at(&toAwait(source)->shared);
}

GSourceFuncs awaitFunctions = {prepareAwait, checkAwait, dispatchAwait, finalizeAwait, nullptr, nullptr};

GSource* makeSource(gpointer stream, const std::shared_ptr<Shared>& shared, Awaited awaited,
                    GCancellable* cancellable) {
  const auto source = Ref<GSource>::adopt(g_source_new(&awaitFunctions, sizeof(AwaitSource)));
  AwaitSource& await = *toAwait(source.get());
  std::construct_at(&await.shared, shared);
  await.awaited = awaited;
  const int descriptor = shared->transport->descriptor();
  await.polled = awaited(*shared);
  await.tag = descriptor < 0 ? nullptr : g_source_add_unix_fd(source.get(), descriptor, await.polled);
  GSource* pollable = g_pollable_source_new_full(stream, nullptr, cancellable);
  g_source_add_child_source(pollable, source.get());
  return pollable;
}

gssize toResult(const Moved& moved, GError** error) {
  if (moved)
    return static_cast<gssize>(*moved);
  g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "not now");
  return -1;
}

// What the macros expand to is C.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"

// The input.

struct FanlightInput {
  GInputStream parent;
  std::shared_ptr<Shared> shared;
};
using FanlightInputClass = GInputStreamClass;

void initPollableInput(GPollableInputStreamInterface* pollable);
G_DEFINE_TYPE_WITH_CODE(FanlightInput, fanlight_input, G_TYPE_INPUT_STREAM,
                        G_IMPLEMENT_INTERFACE(G_TYPE_POLLABLE_INPUT_STREAM, initPollableInput))

void fanlight_input_init(FanlightInput* input) {
  std::construct_at(&input->shared);
}

void fanlight_input_class_init(FanlightInputClass* type) {
  G_OBJECT_CLASS(type)->finalize = [](GObject* object) {
    std::destroy_at(&reinterpret_cast<FanlightInput*>(object)->shared);
    G_OBJECT_CLASS(fanlight_input_parent_class)->finalize(object);
  };
  // Nobody reads so that it would block: "not now" is the answer here too.
  type->read_fn = [](GInputStream* stream, void* into, gsize size, GCancellable*, GError** error) {
    return toResult(reinterpret_cast<FanlightInput*>(stream)->shared->read({static_cast<char*>(into), size}), error);
  };
}

void initPollableInput(GPollableInputStreamInterface* pollable) {
  pollable->is_readable = [](GPollableInputStream*) -> gboolean { return TRUE; };
  pollable->create_source = [](GPollableInputStream* stream, GCancellable* cancellable) {
    return makeSource(stream, reinterpret_cast<FanlightInput*>(stream)->shared, awaitedByRead, cancellable);
  };
}

// The output.

struct FanlightOutput {
  GOutputStream parent;
  std::shared_ptr<Shared> shared;
};
using FanlightOutputClass = GOutputStreamClass;

void initPollableOutput(GPollableOutputStreamInterface* pollable);
G_DEFINE_TYPE_WITH_CODE(FanlightOutput, fanlight_output, G_TYPE_OUTPUT_STREAM,
                        G_IMPLEMENT_INTERFACE(G_TYPE_POLLABLE_OUTPUT_STREAM, initPollableOutput))

void fanlight_output_init(FanlightOutput* output) {
  std::construct_at(&output->shared);
}

void fanlight_output_class_init(FanlightOutputClass* type) {
  G_OBJECT_CLASS(type)->finalize = [](GObject* object) {
    std::destroy_at(&reinterpret_cast<FanlightOutput*>(object)->shared);
    G_OBJECT_CLASS(fanlight_output_parent_class)->finalize(object);
  };
  type->write_fn = [](GOutputStream* stream, const void* from, gsize size, GCancellable*, GError** error) -> gssize {
    const auto& shared = reinterpret_cast<FanlightOutput*>(stream)->shared;
    const Moved moved = shared->transport->write({static_cast<const char*>(from), size});
    if (moved != 0u)
      return toResult(moved, error);
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "the peer is gone");
    return -1;
  };
  type->close_fn = [](GOutputStream* stream, GCancellable*, GError**) -> gboolean {
    reinterpret_cast<FanlightOutput*>(stream)->shared->transport->endSending();
    return TRUE;
  };
}

void initPollableOutput(GPollableOutputStreamInterface* pollable) {
  pollable->is_writable = [](GPollableOutputStream*) -> gboolean { return TRUE; };
  pollable->create_source = [](GPollableOutputStream* stream, GCancellable* cancellable) {
    return makeSource(stream, reinterpret_cast<FanlightOutput*>(stream)->shared, awaitedByWrite, cancellable);
  };
}

// Both.

struct FanlightStream {
  GIOStream parent;
  Ref<GInputStream> input;
  Ref<GOutputStream> output;
  std::shared_ptr<Shared> shared;
};
using FanlightStreamClass = GIOStreamClass;

G_DEFINE_TYPE(FanlightStream, fanlight_stream, G_TYPE_IO_STREAM)

void fanlight_stream_init(FanlightStream* stream) {
  std::construct_at(&stream->input);
  std::construct_at(&stream->output);
  std::construct_at(&stream->shared);
}

void fanlight_stream_class_init(FanlightStreamClass* type) {
  G_OBJECT_CLASS(type)->finalize = [](GObject* object) {
    G_OBJECT_CLASS(fanlight_stream_parent_class)->finalize(object);
    auto* stream = reinterpret_cast<FanlightStream*>(object);
    std::destroy_at(&stream->shared);
    std::destroy_at(&stream->output);
    std::destroy_at(&stream->input);
  };
  type->get_input_stream = [](GIOStream* stream) { return reinterpret_cast<FanlightStream*>(stream)->input.get(); };
  type->get_output_stream = [](GIOStream* stream) { return reinterpret_cast<FanlightStream*>(stream)->output.get(); };
  type->close_fn = [](GIOStream* stream, GCancellable*, GError**) -> gboolean {
    reinterpret_cast<FanlightStream*>(stream)->shared->transport->close();
    return TRUE;
  };
  // GIO's own would close on another thread.
  type->close_async = [](GIOStream* stream, int, GCancellable* cancellable, GAsyncReadyCallback callback,
                         gpointer data) {
    const auto task = Ref<GTask>::adopt(g_task_new(stream, cancellable, callback, data));
    reinterpret_cast<FanlightStream*>(stream)->shared->transport->close();
    g_task_return_boolean(task.get(), TRUE);
  };
  type->close_finish = [](GIOStream*, GAsyncResult* result, GError** error) -> gboolean {
    return g_task_propagate_boolean(G_TASK(result), error);
  };
}

#pragma GCC diagnostic pop

bool isNotNow(const GError* error) {
  return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) != FALSE;
}

Moved toMoved(gssize result, const GError* error) {
  if (isNotNow(error))
    return std::nullopt;
  return result < 0 ? 0 : static_cast<std::size_t>(result);
}

}  // namespace

Ref<GIOStream> makeStream(std::unique_ptr<Transport> transport) {
  auto shared = std::make_shared<Shared>(Shared{std::move(transport), {}});
  auto* stream = static_cast<FanlightStream*>(g_object_new(fanlight_stream_get_type(), nullptr));
  auto* input = static_cast<FanlightInput*>(g_object_new(fanlight_input_get_type(), nullptr));
  auto* output = static_cast<FanlightOutput*>(g_object_new(fanlight_output_get_type(), nullptr));
  input->shared = shared;
  output->shared = shared;
  stream->shared = std::move(shared);
  stream->input = Ref<GInputStream>::adopt(&input->parent);
  stream->output = Ref<GOutputStream>::adopt(&output->parent);
  return Ref<GIOStream>::adopt(&stream->parent);
}

void giveBack(GIOStream* stream, std::string_view bytes) {
  reinterpret_cast<FanlightStream*>(stream)->shared->givenBack.insert(0, bytes);
}

Moved readSome(GIOStream* stream, std::span<char> into) {
  auto* input = G_POLLABLE_INPUT_STREAM(g_io_stream_get_input_stream(stream));
  GError* raw = nullptr;
  const gssize got = g_pollable_input_stream_read_nonblocking(input, into.data(), into.size(), nullptr, &raw);
  const Owned<GError> error(raw);
  return toMoved(got, error.get());
}

Moved writeSome(GIOStream* stream, std::string_view bytes) {
  auto* output = G_POLLABLE_OUTPUT_STREAM(g_io_stream_get_output_stream(stream));
  GError* raw = nullptr;
  const gssize sent = g_pollable_output_stream_write_nonblocking(output, bytes.data(), bytes.size(), nullptr, &raw);
  const Owned<GError> error(raw);
  return toMoved(sent, error.get());
}

void endSending(GIOStream* stream) {
  g_output_stream_close(g_io_stream_get_output_stream(stream), nullptr, nullptr);
}

void close(GIOStream* stream) {
  g_io_stream_close(stream, nullptr, nullptr);
}

}  // namespace fanlight::glib
