// SPDX-License-Identifier: Apache-2.0
// Watching by one HTTP request and its answer: draft-ietf-wish-whep, with RFC 9725's rules on trickling and entity
// tags. A player offers, and gets an answer that holds the candidates, since it is sent no others. Main thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "http/request.h"
#include "http/response.h"
#include "signaling/endpoint.h"

namespace fanlight::http {

class Whep final : private session::SessionObserver {
 public:
  /// What to call if the client goes before it was answered; empty: it has been.
  using Abandon = std::function<void()>;

  /// `wait`: for more candidates, once the answer is there. `services` outlives it.
  Whep(const glib::MainContext& context, const signaling::Services& services, std::chrono::milliseconds wait);
  ~Whep() override;

  /// /whep/{camera}: what can be posted here.
  Response describe(const Request& request) const;
  /// POST: answers with 201 when the answer and its candidates are there.
  [[nodiscard]] Abandon open(const Request& request, const Reply& reply);

  /// /whep/{camera}/{session}: 404 once the session has ended.
  Response describeSession(const Request& request) const;
  Response trickle(const Request& request);
  Response end(const Request& request);

 private:
  /// A session, and, until it is answered, what the answer is made of.
  struct Visit {
    base::CameraId camera;
    session::Grant grant;
    std::string entityTag;
    std::vector<std::string> ufrags;  ///< of the offer
    Reply reply;                      ///< empty once answered
    std::string answer;
    std::vector<session::IceCandidate> candidates;
    bool isComplete = false;
    glib::EventSource wait;
  };

  void onAnswer(const session::Session& session, const std::string& sdp) override;
  void onCandidate(const session::Session& session, const session::IceCandidate& candidate) override;
  void onStateChanged(const session::Session& session) override;
  void onEnded(const session::Session& session, session::EndReason reason) override;

  std::optional<Response> awayResponse(const base::CameraId& camera) const;
  const Visit* find(const Request& request) const;
  Response addCandidates(const Request& request, const Visit& visit);
  void sendAnswer(const session::SessionId& id);
  void abandon(const session::SessionId& id);
  void addIceServers(Response& response) const;

  const glib::MainContext context_;
  const signaling::Services& services_;
  const std::chrono::milliseconds wait_;
  std::map<session::SessionId, Visit> visits_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::http
