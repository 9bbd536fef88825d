// SPDX-License-Identifier: Apache-2.0
// GResolver, which asks as every other program of the machine does, on a thread of its own.
#include "glib/host_lookup.h"

#include "glib/handed_over.h"
#include "glib/owned.h"

namespace fanlight::glib {
namespace {

using Answered = std::function<void(const HostLookup::Answer&)>;

HostLookup::Answer finish(GResolver* resolver, GAsyncResult* result) {
  ErrorOut error;
  GList* addresses = g_resolver_lookup_by_name_finish(resolver, result, error.out());
  if (!addresses)
    return base::fail(base::ErrorCode::Unavailable, error.message());
  std::vector<std::string> texts;
  for (const GList* item = addresses; item; item = item->next)
    texts.push_back(takeString(g_inet_address_to_string(G_INET_ADDRESS(item->data))));
  g_resolver_free_addresses(addresses);
  return texts;
}

void onAnswered(GObject* resolver, GAsyncResult* result, gpointer done) {
  HandedOver<Answered>::call(done, finish(G_RESOLVER(resolver), result));
  HandedOver<Answered>::free(done);
}

}  // namespace

HostLookup::HostLookup(const std::string& name, std::function<void(const Answer&)> done)
    : cancellable_(Ref<GCancellable>::adopt(g_cancellable_new())) {
  // Before the resolver's thread does: GLib 2.74 locks up where one thread registers a type with interfaces while
  // another, which initializes a class (libsoup's session, at our start), waits for that very type.
  g_type_ensure(G_TYPE_INET_ADDRESS);
  g_type_ensure(G_TYPE_INET_SOCKET_ADDRESS);
  Answered answered = lifetime_.bind(std::move(done));
  g_resolver_lookup_by_name_async(Ref<GResolver>::adopt(g_resolver_get_default()).get(), name.c_str(),
                                  cancellable_.get(), onAnswered, HandedOver<Answered>::give(std::move(answered)));
}

HostLookup::~HostLookup() {
  g_cancellable_cancel(cancellable_.get());
}

}  // namespace fanlight::glib
