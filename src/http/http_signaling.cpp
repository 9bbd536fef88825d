// SPDX-License-Identifier: Apache-2.0
// Opening channels, and finding them again.
#include "http/http_signaling.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/random.h"
#include "http/header_value.h"
#include "signaling/codec.h"

namespace fanlight::http {
namespace {

std::optional<Response> objectionTo(const Request& request) {
  if (mediaType(request.head.find("Content-Type")) != kNdjsonType)
    return textResponse(415, "messages come as 'application/x-ndjson', one a line").with("Accept-Post", kNdjsonType);
  if (!g_utf8_validate_len(request.body.data(), request.body.size(), nullptr))
    return textResponse(400, "the messages are not UTF-8");
  return std::nullopt;
}

bool beginsWithHello(const std::string& body) {
  const auto first = signaling::decode(std::string_view(body).substr(0, body.find('\n')));
  return first && std::holds_alternative<signaling::Hello>(*first);
}

Response noChannel() {
  return textResponse(404, "no such channel: it has been closed, or never was");
}

}  // namespace

std::optional<Response> HttpSignaling::objection(const Request& request) const {
  if (auto objection = objectionTo(request))
    return objection;
  if (!beginsWithHello(request.body))
    return textResponse(400, "the first message must be 'hello'");
  return std::nullopt;
}

HttpSignaling::Viewer::Viewer(const HttpSignaling& signaling, Request& request, const std::string& head,
                              Accepted accepted, glib::Ref<GIOStream> stream, std::function<void()> gone)
    : channel(signaling.context_, signaling.times_, std::move(accepted), std::move(stream), head, std::move(gone)),
      endpoint(signaling.services_, channel, {request.source, request.arrival}, std::move(request.token)) {}

void HttpSignaling::open(Request& request, const Connection& connection, Accepted accepted,
                         glib::Ref<GIOStream> stream) {
  const std::string name = base::randomId();
  Response response = emptyResponse(200);
  response.contentType = kNdjsonType;
  response.headers = {{"Location", fmt::format("{}/{}", request.head.path, name)},
                      {"Cache-Control", "no-store"},
                      // A proxy that waits for the whole of it would wait as long as somebody watches.
                      {"X-Accel-Buffering", "no"}};
  auto& viewer = viewers_[name];
  viewer = std::make_unique<Viewer>(*this, request, connection.chunkedHead(std::move(response)), std::move(accepted),
                                    std::move(stream), [this, name] { viewers_.erase(name); });
  viewer->channel.receive(request.body);
}

void HttpSignaling::dropAStranger() {
  const auto stranger = std::ranges::find_if(viewers_, [](const auto& entry) {
    return !entry.second->endpoint.hasGrant() && !entry.second->channel.isClosed();
  });
  if (stranger != viewers_.end())
    viewers_.erase(stranger);
}

void HttpSignaling::tick() {
  for (const auto& [name, viewer] : viewers_)
    viewer->endpoint.review();
}

HttpChannel* HttpSignaling::find(const Request& request) const {
  const auto viewer = viewers_.find(request.channel);
  if (viewer == viewers_.end() || !viewer->second->channel.isOpen())
    return nullptr;
  const auto grant = services_.access.identify({request.token, request.source});
  return grant && viewer->second->endpoint.isOf(*grant) ? &viewer->second->channel : nullptr;
}

Response HttpSignaling::receive(const Request& request) {
  HttpChannel* channel = find(request);
  if (!channel)
    return noChannel();
  if (auto objection = objectionTo(request))
    return std::move(*objection);
  channel->receive(request.body);
  return emptyResponse(204);
}

Response HttpSignaling::close(const Request& request) {
  HttpChannel* channel = find(request);
  if (!channel)
    return noChannel();
  channel->close();
  return emptyResponse(204);
}

}  // namespace fanlight::http
