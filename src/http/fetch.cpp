// SPDX-License-Identifier: Apache-2.0
// libsoup's own time limit is of a silence, so that the whole has one of ours; and it would read a body of any size.
#include "http/fetch.h"

#include <memory>

#include <fmt/format.h>

#include "glib/handed_over.h"
#include "glib/owned.h"

namespace fanlight::http {
namespace {

using Sent = std::function<void(const base::Result<GInputStream*>&)>;
using Read = std::function<void(const base::Result<gsize>&)>;

glib::Ref<SoupMessage> newMessage(const FetchRequest& request) {
  auto message =
      glib::Ref<SoupMessage>::adopt(soup_message_new(request.json.empty() ? "GET" : "POST", request.address.c_str()));
  if (!message)
    return message;
  soup_message_set_flags(message.get(), SOUP_MESSAGE_NO_REDIRECT);
  SoupMessageHeaders* headers = soup_message_get_request_headers(message.get());
  if (!request.bearer.empty())
    soup_message_headers_replace(headers, "Authorization", ("Bearer " + request.bearer.reveal()).c_str());
  if (!request.json.empty()) {
    const auto body = glib::Ref<GBytes>::adopt(g_bytes_new(request.json.data(), request.json.size()));
    soup_message_set_request_body_from_bytes(message.get(), "application/json", body.get());
  }
  return message;
}

}  // namespace

Fetch::Fetch(const glib::MainContext& context, const FetchRequest& request, std::chrono::milliseconds limit,
             std::function<void(const Answer&)> done)
    : session_(newClientSession()),
      message_(newMessage(request)),
      cancellable_(glib::Ref<GCancellable>::adopt(g_cancellable_new())),
      done_(std::move(done)) {
  if (!message_) {
    context.post(
        lifetime_.bind([this] { finish(base::fail(base::ErrorCode::InvalidArgument, "its address is none")); }));
    return;
  }
  timer_ = glib::EventSource::timer(context, limit, [this] {
    g_cancellable_cancel(cancellable_.get());
    return glib::Continue::No;
  });
  Sent sent = lifetime_.bind([this](const base::Result<GInputStream*>& stream) { afterSent(stream); });
  soup_session_send_async(session_.get(), message_.get(), G_PRIORITY_DEFAULT, cancellable_.get(), onSent,
                          glib::HandedOver<Sent>::give(std::move(sent)));
}

Fetch::~Fetch() {
  g_cancellable_cancel(cancellable_.get());
}

void Fetch::onSent(GObject* session, GAsyncResult* result, gpointer taken) {
  glib::ErrorOut error;
  const auto stream =
      glib::Ref<GInputStream>::adopt(soup_session_send_finish(SOUP_SESSION(session), result, error.out()));
  base::Result<GInputStream*> answer = base::fail(base::ErrorCode::Unavailable, error.message());
  if (stream)
    answer = stream.get();
  glib::HandedOver<Sent>::call(taken, answer);
  glib::HandedOver<Sent>::free(taken);
}

void Fetch::afterSent(const base::Result<GInputStream*>& stream) {
  if (!stream)
    return finish(tl::unexpected(stream.error()));
  if (const guint status = soup_message_get_status(message_.get()); !SOUP_STATUS_IS_SUCCESSFUL(status))
    return finish(base::fail(base::ErrorCode::Unavailable, fmt::format("it answers with status {}", status)));
  // One byte more, by which it is known that there are more.
  auto buffer = std::make_shared<std::string>(kMaxFetchedBytes + 1, '\0');
  Read read = lifetime_.bind([this, buffer](const base::Result<gsize>& size) {
    if (!size)
      return finish(tl::unexpected(size.error()));
    if (*size > kMaxFetchedBytes)
      return finish(
          base::fail(base::ErrorCode::Unavailable, fmt::format("its answer has more than {} bytes", kMaxFetchedBytes)));
    finish(buffer->substr(0, *size));
  });
  // What is read into lives as long as the reading, also where nobody waits for it any more.
  Read held = [buffer, read = std::move(read)](const base::Result<gsize>& size) mutable { read(size); };
  g_input_stream_read_all_async(*stream, buffer->data(), buffer->size(), G_PRIORITY_DEFAULT, cancellable_.get(), onRead,
                                glib::HandedOver<Read>::give(std::move(held)));
}

void Fetch::onRead(GObject* stream, GAsyncResult* result, gpointer taken) {
  glib::ErrorOut error;
  gsize size = 0;
  base::Result<gsize> read = base::fail(base::ErrorCode::Unavailable, "its answer broke off");
  if (g_input_stream_read_all_finish(G_INPUT_STREAM(stream), result, &size, error.out()))
    read = size;
  glib::HandedOver<Read>::call(taken, read);
  glib::HandedOver<Read>::free(taken);
}

void Fetch::finish(const Answer& answer) {
  timer_.stop();
  // It may destroy this.
  std::exchange(done_, {})(answer);
}

}  // namespace fanlight::http
