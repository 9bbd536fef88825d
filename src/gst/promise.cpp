// SPDX-License-Identifier: Apache-2.0
// From a promise's change callback, which runs in whatever thread replies, to the owner thread.
#include "gst/promise.h"

#include <memory>

namespace fanlight::gst {
namespace {

struct Waiting {
  glib::MainContext context;
  ReplyHandler handler;
};

std::string errorIn(const GstStructure* reply) {
  if (!reply || !gst_structure_has_field_typed(reply, "error", G_TYPE_ERROR))
    return "";
  GError* error = nullptr;
  gst_structure_get(reply, "error", G_TYPE_ERROR, &error, nullptr);
  const glib::Owned<GError> owned(error);
  return error ? error->message : "";
}

base::Result<std::shared_ptr<Reply>> toResult(GstPromise* promise) {
  if (gst_promise_wait(promise) != GST_PROMISE_RESULT_REPLIED)
    return base::fail(base::ErrorCode::Internal, "interrupted");
  if (const std::string error = errorIn(gst_promise_get_reply(promise)); !error.empty())
    return base::fail(base::ErrorCode::Internal, error);
  return std::make_shared<Reply>(Ref<GstPromise>::retain(promise));
}

}  // namespace

Ref<GstPromise> makePromise(const glib::MainContext& context, ReplyHandler handler) {
  return Ref<GstPromise>::adopt(gst_promise_new_with_change_func(
      [](GstPromise* promise, gpointer data) noexcept {
        const auto* waiting = static_cast<Waiting*>(data);
        waiting->context.post([handler = waiting->handler, result = toResult(promise)] { handler(result); });
      },
      std::make_unique<Waiting>(Waiting{context, std::move(handler)}).release(),
      [](gpointer data) { std::default_delete<Waiting>()(static_cast<Waiting*>(data)); }));
}

}  // namespace fanlight::gst
