// SPDX-License-Identifier: Apache-2.0
// Tells another server of something, by one POST: fields, and a picture beside them. Main thread; nothing blocks.
//
// A form (multipart/form-data) rather than JSON with the picture in base64: Home Assistant gives its automations the
// fields by their names, n8n and Node-RED the picture as a file, and nobody has to decode a third more bytes.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "glib/event_source.h"
#include "http/client_session.h"

namespace fanlight::http {

/// What waits for an answer or for its next try; more are refused.
inline constexpr std::size_t kMaxDeliveries = 8;
inline constexpr int kMaxTries = 4;

struct Delivery {
  std::string address;  ///< http: or https:; it may be all that its server asks for, and is not logged
  std::vector<std::pair<std::string, std::string>> fields;
  std::shared_ptr<const std::string> picture;  ///< JPEG, the field 'still'; null: there is none
};

class Webhooks {
 public:
  /// Once, later: the server has taken it (2xx), or why it was given up.
  using Done = std::function<void(const base::Result<>&)>;

  struct Times {
    std::chrono::milliseconds answer = std::chrono::seconds(15);  ///< of one try
    std::chrono::milliseconds pause =
        std::chrono::seconds(1);  ///< before the second; each next one is four times as long
  };

  explicit Webhooks(const glib::MainContext& context) : Webhooks(context, Times()) {}
  Webhooks(const glib::MainContext& context, const Times& times);
  ~Webhooks();
  Webhooks(const Webhooks&) = delete;
  Webhooks& operator=(const Webhooks&) = delete;

  /// Certificates are verified, nothing is redirected, and of what the server answers only the status is read.
  void send(Delivery delivery, Done done);

 private:
  struct Pending;

  void tryOnce(Pending& pending);
  static void onSent(GObject* session, GAsyncResult* result, gpointer pending);
  void afterTry(Pending& pending, const base::Result<guint>& status);
  void finish(Pending& pending, const base::Result<>& outcome);

  const glib::MainContext context_;
  const Times times_;
  const glib::Ref<SoupSession> session_;
  std::list<std::shared_ptr<Pending>> pending_;
};

}  // namespace fanlight::http
