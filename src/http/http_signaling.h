// SPDX-License-Identifier: Apache-2.0
// Signaling in plain requests: one whose response lasts as long as the channel, and one for each thing that the viewer
// says afterwards. Main thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "http/connection.h"
#include "http/http_channel.h"
#include "http/request.h"
#include "http/response.h"
#include "signaling/endpoint.h"

namespace fanlight::http {

class HttpSignaling {
 public:
  /// `services` outlives it.
  HttpSignaling(const glib::MainContext& context, const Times& times, const signaling::Services& services)
      : context_(context), times_(times), services_(services) {}

  /// POST /api/v1/signaling: why it opens no channel; none: open() may be called. The first message must be `hello`: it
  /// says who it is, and nobody's connection is kept before that is asked.
  std::optional<Response> objection(const Request& request) const;
  /// `connection` brought the request and was answered nothing; `stream` reads and writes what `accepted` carries.
  void open(Request& request, const Connection& connection, Accepted accepted, glib::Ref<GIOStream> stream);

  /// Ends one of the channels whose hello brought no good token and which are being closed, if there is any.
  void dropAStranger();
  /// Closes the channels whose grants have ended; see Server::tick().
  void tick();

  /// /api/v1/signaling/{channel}: 404 once it is gone, and for who did not open it: its name stands in the logs of
  /// every proxy on the way.
  Response receive(const Request& request);
  Response close(const Request& request);

 private:
  struct Viewer {
    Viewer(const HttpSignaling& signaling, Request& request, const std::string& head, Accepted accepted,
           glib::Ref<GIOStream> stream, std::function<void()> gone);
    HttpChannel channel;
    signaling::Endpoint endpoint;
  };

  HttpChannel* find(const Request& request) const;

  const glib::MainContext context_;
  const Times times_;
  const signaling::Services& services_;
  std::map<std::string, std::unique_ptr<Viewer>> viewers_;  ///< by the channel's name in its path
};

}  // namespace fanlight::http
