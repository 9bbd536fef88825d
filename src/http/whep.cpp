// SPDX-License-Identifier: Apache-2.0
// Requests to the core, and what the core tells to answers.
#include "http/whep.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/random.h"
#include "http/header_value.h"
#include "http/route_table.h"
#include "signaling/answer_sdp.h"
#include "signaling/sdp_fragment.h"

namespace fanlight::http {
namespace {

constexpr const char* kSdpType = "application/sdp";

Response noSession() {
  return textResponse(404, "no such session: it has ended, or never was");
}

/// Why a session ended before it could be answered.
Response endedResponse(session::EndReason reason) {
  using session::EndReason;
  switch (reason) {
    case EndReason::NegotiationFailed:
      return textResponse(422, "the offer could not be answered");
    case EndReason::CameraRemoved:
      return textResponse(404, "the camera has been removed");
    case EndReason::Expired:
    case EndReason::Revoked:
      return textResponse(401, "the access ended before the answer was made").with("WWW-Authenticate", "Bearer");
    case EndReason::ConnectTimeout:
    case EndReason::Shutdown:
      return textResponse(503, "no answer could be given in time: try again")
          .with("Retry-After", std::to_string(kRetryAfter.count()));
    case EndReason::Left:
    case EndReason::Ended:
    case EndReason::Replaced:
    case EndReason::IceFailed:
    case EndReason::DtlsFailed:
    case EndReason::FingerprintMismatch:
    case EndReason::RtcpTimeout:
    case EndReason::PeerClosed:
    case EndReason::LimitExceeded:
    case EndReason::Internal:
      break;
  }
  return textResponse(500, "the session ended before it was answered");
}

/// RFC 9725 section 4.6.
std::string iceServerLink(const session::IceServer& server, const std::string& url) {
  std::string link = fmt::format("<{}>; rel=\"ice-server\"", url);
  if (!server.username.empty())
    link += fmt::format("; username={}; credential={}; credential-type=\"password\"", quote(server.username),
                        quote(server.credential.reveal()));
  return link;
}

}  // namespace

Whep::Whep(const glib::MainContext& context, const signaling::Services& services, std::chrono::milliseconds wait)
    : context_(context), services_(services), wait_(wait) {}

Whep::~Whep() {
  services_.registry.forget(*this);
}

void Whep::addIceServers(Response& response) const {
  for (const session::IceServer& server : services_.iceServers.forViewer().servers)
    for (const std::string& url : server.urls)
      response.headers.push_back({"Link", iceServerLink(server, url)});
}

Response Whep::describe(const Request& request) const {
  if (!services_.catalogue.find(request.camera))
    return textResponse(404, "no such camera: see the list of cameras");
  Response response;
  response.contentType = kSdpType;
  // Its Links may hold credentials of an ICE server.
  response.headers = {
      {"Accept-Post", kSdpType}, {"Allow", allowedMethods(request.head.path)}, {"Cache-Control", "no-store"}};
  addIceServers(response);
  return response;
}

/// By nothing but this status can a player that opens a session learn that no picture would come. Who is watching when
/// the camera goes stays, and sees it come back.
std::optional<Response> Whep::awayResponse(const base::CameraId& camera) const {
  const session::CameraInfo* info = services_.catalogue.find(camera);
  if (!info || info->state != session::CameraState::Away)
    return std::nullopt;
  return textResponse(409, fmt::format("camera '{}' gives no picture now: {}; try again in {} seconds", camera.value(),
                                       info->reason, kRetryAfter.count()))
      .with("Retry-After", std::to_string(kRetryAfter.count()));
}

Whep::Abandon Whep::open(const Request& request, const Reply& reply) {
  if (mediaType(request.head.find("Content-Type")) != kSdpType) {
    reply(textResponse(415, "an offer is 'application/sdp'").with("Accept-Post", kSdpType));
    return {};
  }
  if (auto away = awayResponse(request.camera)) {
    reply(std::move(*away));
    return {};
  }
  const session::SessionId id(base::randomId());
  Visit& visit = visits_[id];
  visit.camera = request.camera;
  visit.grant = request.grant;
  visit.entityTag = quote(base::randomId());
  visit.ufrags = signaling::iceUfrags(request.body);
  visit.reply = reply;
  const auto opened =
      services_.registry.open({.session = id, .camera = request.camera, .sdp = request.body, .listens = true},
                              {request.source, request.grant, request.arrival}, *this);
  if (!opened) {
    visits_.erase(id);
    reply(refusalResponse(opened.error()));
    return {};
  }
  return lifetime_.bind([this, id] { abandon(id); });
}

void Whep::onAnswer(const session::Session& session, const std::string& sdp) {
  const auto visit = visits_.find(session.id());
  if (visit == visits_.end())
    return;
  visit->second.answer = sdp;
  if (visit->second.isComplete)
    return sendAnswer(session.id());
  visit->second.wait = glib::EventSource::timer(context_, wait_, [this, id = session.id()] {
    sendAnswer(id);
    return glib::Continue::No;
  });
}

void Whep::onCandidate(const session::Session& session, const session::IceCandidate& candidate) {
  const auto visit = visits_.find(session.id());
  if (visit == visits_.end() || !visit->second.reply)
    return;
  if (!candidate.candidate.empty()) {
    visit->second.candidates.push_back(candidate);
    return;
  }
  visit->second.isComplete = true;
  if (!visit->second.answer.empty())
    sendAnswer(session.id());
}

void Whep::onStateChanged(const session::Session&) {}

void Whep::onEnded(const session::Session& session, session::EndReason reason) {
  const auto visit = visits_.extract(session.id());
  if (visit && visit.mapped().reply)
    visit.mapped().reply(endedResponse(reason));
}

void Whep::sendAnswer(const session::SessionId& id) {
  Visit& visit = visits_[id];
  const std::string sdp = signaling::withCandidates(visit.answer, visit.candidates, visit.isComplete);
  Response response = bodyResponse(kSdpType, sdp);
  response.status = 201;
  response.headers = {{"Location", fmt::format("/whep/{}/{}", visit.camera.value(), id.value())},
                      {"ETag", visit.entityTag},
                      {"Accept-Patch", std::string(signaling::kSdpFragmentType)},
                      {"Cache-Control", "no-store"}};
  addIceServers(response);
  visit.wait.stop();
  visit.answer.clear();
  visit.candidates.clear();
  std::exchange(visit.reply, {})(std::move(response));
}

void Whep::abandon(const session::SessionId& id) {
  const auto visit = visits_.find(id);
  if (visit == visits_.end())
    return;
  const session::Grant grant = visit->second.grant;
  // The session may be ending already, by itself.
  static_cast<void>(services_.registry.bye(id, grant));
}

const Whep::Visit* Whep::find(const Request& request) const {
  const auto visit = visits_.find(request.session);
  return visit != visits_.end() && visit->second.camera == request.camera ? &visit->second : nullptr;
}

Response Whep::describeSession(const Request& request) const {
  if (!find(request))
    return noSession();
  return emptyResponse(200)
      .with("Accept-Patch", std::string(signaling::kSdpFragmentType))
      .with("Allow", allowedMethods(request.head.path));
}

Response Whep::trickle(const Request& request) {
  const Visit* visit = find(request);
  if (!visit)
    return noSession();
  if (mediaType(request.head.find("Content-Type")) != signaling::kSdpFragmentType)
    return textResponse(415, "candidates come as 'application/trickle-ice-sdpfrag'")
        .with("Accept-Patch", std::string(signaling::kSdpFragmentType));
  if (!request.head.has("If-Match"))
    return textResponse(428, "candidates need 'If-Match' with the session's entity tag");
  if (!namesEntityTag(request.head.find("If-Match"), visit->entityTag))
    return textResponse(412, "the session has another entity tag");
  return addCandidates(request, *visit);
}

Response Whep::addCandidates(const Request& request, const Visit& visit) {
  auto fragment = signaling::parseSdpFragment(request.body);
  if (!fragment)
    return textResponse(422, fragment.error().message);
  const bool isRestart =
      !fragment->iceUfrag.empty() && std::ranges::find(visit.ufrags, fragment->iceUfrag) == visit.ufrags.end();
  if (isRestart)
    return textResponse(422, "ICE cannot be restarted: open a new session instead; this one goes on");
  if (fragment->endOfCandidates)
    fragment->candidates.emplace_back();
  // A candidate may end the session, and the visit with it.
  const session::Grant grant = visit.grant;
  for (const session::IceCandidate& candidate : fragment->candidates)
    if (const auto added = services_.registry.addCandidate(request.session, grant, candidate); !added)
      return refusalResponse(added.error());
  return emptyResponse(204);
}

Response Whep::end(const Request& request) {
  const Visit* visit = find(request);
  if (!visit)
    return noSession();
  const session::Grant grant = visit->grant;
  const auto ended = services_.registry.bye(request.session, grant);
  return ended ? emptyResponse(200) : refusalResponse(ended.error());
}

}  // namespace fanlight::http
