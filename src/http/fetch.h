// SPDX-License-Identifier: Apache-2.0
// Asks another server for a small text, by one request. Main thread; nothing blocks.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "http/client_session.h"

namespace fanlight::http {

inline constexpr std::size_t kMaxFetchedBytes = 64 * 1024;

struct FetchRequest {
  std::string address;  ///< http: or https:; it may be all that its server asks for, and is not logged
  base::Secret bearer;  ///< `Authorization`; empty: none
  std::string json;     ///< what is posted; empty: it is a GET
};

/// One request, which is given up when this is destroyed. Nothing is redirected.
class Fetch {
 public:
  /// The text of a 2xx. Unavailable: there was none within the limit, or it has more than kMaxFetchedBytes.
  /// InvalidArgument: the address is none.
  using Answer = base::Result<std::string>;

  /// `done` is called once, later.
  Fetch(const glib::MainContext& context, const FetchRequest& request, std::chrono::milliseconds limit,
        std::function<void(const Answer&)> done);
  ~Fetch();
  Fetch(const Fetch&) = delete;
  Fetch& operator=(const Fetch&) = delete;

 private:
  static void onSent(GObject* session, GAsyncResult* result, gpointer taken);
  static void onRead(GObject* stream, GAsyncResult* result, gpointer taken);
  void afterSent(const base::Result<GInputStream*>& stream);
  void finish(const Answer& answer);

  const glib::Ref<SoupSession> session_;
  const glib::Ref<SoupMessage> message_;
  const glib::Ref<GCancellable> cancellable_;
  std::function<void(const Answer&)> done_;
  glib::EventSource timer_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::http
