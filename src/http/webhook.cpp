// SPDX-License-Identifier: Apache-2.0
// libsoup's client. Its own time limit is of a silence, so that each try has one of ours, too.
#include "http/webhook.h"

#include <algorithm>

#include <fmt/format.h>

#include "glib/handed_over.h"
#include "glib/lifetime.h"
#include "glib/owned.h"

namespace fanlight::glib {

template <>
struct Free<SoupMultipart> {
  void operator()(SoupMultipart* form) const { soup_multipart_free(form); }
};

}  // namespace fanlight::glib

namespace fanlight::http {
namespace {

constexpr int kLongerEachTime = 4;

glib::Ref<SoupMessage> newMessage(const Delivery& delivery) {
  const glib::Owned<SoupMultipart> form(soup_multipart_new(SOUP_FORM_MIME_TYPE_MULTIPART));
  for (const auto& [name, value] : delivery.fields)
    soup_multipart_append_form_string(form.get(), name.c_str(), value.c_str());
  if (delivery.picture) {
    const auto bytes = glib::Ref<GBytes>::adopt(g_bytes_new(delivery.picture->data(), delivery.picture->size()));
    soup_multipart_append_form_file(form.get(), "still", "still.jpg", "image/jpeg", bytes.get());
  }
  auto message = glib::Ref<SoupMessage>::adopt(soup_message_new_from_multipart(delivery.address.c_str(), form.get()));
  if (message)
    soup_message_set_flags(message.get(), SOUP_MESSAGE_NO_REDIRECT);
  return message;
}

/// The server may do better the next time.
bool isWorthAnotherTry(const base::Result<guint>& status) {
  return !status || *status >= SOUP_STATUS_INTERNAL_SERVER_ERROR || *status == SOUP_STATUS_REQUEST_TIMEOUT ||
         *status == 429;
}

base::Result<> outcomeOf(const base::Result<guint>& status) {
  if (!status)
    return tl::unexpected(status.error());
  if (SOUP_STATUS_IS_SUCCESSFUL(*status))
    return {};
  return base::fail(base::ErrorCode::Unavailable, fmt::format("it answers with status {}", *status));
}

}  // namespace

struct Webhooks::Pending : std::enable_shared_from_this<Pending> {
  Webhooks& owner;
  Delivery delivery;
  Done done;
  int tries = 0;
  std::chrono::milliseconds pause;
  glib::Ref<GCancellable> cancellable;
  glib::Ref<SoupMessage> message;
  glib::EventSource timer;
  glib::Lifetime lifetime;

  Pending(Webhooks& hooks, Delivery what, Done then, std::chrono::milliseconds first)
      : owner(hooks), delivery(std::move(what)), done(std::move(then)), pause(first) {}
};

Webhooks::Webhooks(const glib::MainContext& context, const Times& times)
    : context_(context), times_(times), session_(newClientSession()) {}

Webhooks::~Webhooks() {
  for (const auto& pending : pending_) {
    pending->lifetime.end();
    if (pending->cancellable)
      g_cancellable_cancel(pending->cancellable.get());
  }
}

void Webhooks::send(Delivery delivery, Done done) {
  if (pending_.size() >= kMaxDeliveries)
    return done(base::fail(base::ErrorCode::Unavailable, "too many before it have not been taken yet"));
  pending_.push_back(std::make_shared<Pending>(*this, std::move(delivery), std::move(done), times_.pause));
  tryOnce(*pending_.back());
}

void Webhooks::tryOnce(Pending& pending) {
  ++pending.tries;
  pending.message = newMessage(pending.delivery);
  if (!pending.message)
    return finish(pending, base::fail(base::ErrorCode::InvalidArgument, "its address is none"));
  pending.cancellable = glib::Ref<GCancellable>::adopt(g_cancellable_new());
  pending.timer = glib::EventSource::timer(context_, times_.answer, [&pending] {
    g_cancellable_cancel(pending.cancellable.get());
    return glib::Continue::No;
  });
  using Answered = std::function<void(const base::Result<guint>&)>;
  // In its callback the delivery may be gone, with all of this.
  Answered answered =
      pending.lifetime.bind([&pending](const base::Result<guint>& status) { pending.owner.afterTry(pending, status); });
  soup_session_send_async(session_.get(), pending.message.get(), G_PRIORITY_DEFAULT, pending.cancellable.get(), onSent,
                          glib::HandedOver<Answered>::give(std::move(answered)));
}

void Webhooks::onSent(GObject* session, GAsyncResult* result, gpointer pending) {
  using Answered = std::function<void(const base::Result<guint>&)>;
  glib::ErrorOut error;
  // What it says beside the status is not read: the connection ends with the stream.
  const auto body =
      glib::Ref<GInputStream>::adopt(soup_session_send_finish(SOUP_SESSION(session), result, error.out()));
  SoupMessage* message = soup_session_get_async_result_message(SOUP_SESSION(session), result);
  base::Result<guint> status = base::fail(base::ErrorCode::Unavailable, error.message());
  if (body)
    status = soup_message_get_status(message);
  glib::HandedOver<Answered>::call(pending, status);
  glib::HandedOver<Answered>::free(pending);
}

void Webhooks::afterTry(Pending& pending, const base::Result<guint>& status) {
  pending.timer.stop();
  if (pending.tries >= kMaxTries || !isWorthAnotherTry(status))
    return finish(pending, outcomeOf(status));
  pending.timer = glib::EventSource::timer(context_, pending.pause, [this, &pending] {
    tryOnce(pending);
    return glib::Continue::No;
  });
  pending.pause *= kLongerEachTime;
}

void Webhooks::finish(Pending& pending, const base::Result<>& outcome) {
  const auto held = pending.shared_from_this();
  pending_.remove(held);
  held->done(outcome);
}

}  // namespace fanlight::http
