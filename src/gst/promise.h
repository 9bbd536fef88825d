// SPDX-License-Identifier: Apache-2.0
// GstPromise whose reply arrives on the owner thread, as a Result.
#pragma once

#include <functional>

#include "base/result.h"
#include "glib/main_context.h"
#include "gst/ref_traits.h"

namespace fanlight::gst {

/// The reply's structure lives as long as the promise, which the handler holds by this.
class Reply {
 public:
  explicit Reply(Ref<GstPromise> promise) : promise_(std::move(promise)) {}
  /// nullptr for an empty reply.
  const GstStructure* structure() const { return gst_promise_get_reply(promise_.get()); }

 private:
  Ref<GstPromise> promise_;
};

using ReplyHandler = std::function<void(const base::Result<std::shared_ptr<Reply>>&)>;

/// A promise to hand to a signal, which takes a reference of its own. `handler` is called once on the context's thread:
/// with the reply, or Internal with the text of the error in the reply, or where it was interrupted or has expired.
Ref<GstPromise> makePromise(const glib::MainContext& context, ReplyHandler handler);

}  // namespace fanlight::gst
