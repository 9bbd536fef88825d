// SPDX-License-Identifier: Apache-2.0
// From messages to the core, and from what the core tells to messages.
#include "signaling/endpoint.h"

#include <algorithm>
#include <iterator>

#include "base/log.h"
#include "signaling/codec.h"

namespace fanlight::signaling {
namespace {

/// The session that a message is about, for the error that answers it.
struct SessionOf {
  std::optional<session::SessionId> operator()(const Hello&) const { return std::nullopt; }
  std::optional<session::SessionId> operator()(const CommandMessage&) const { return std::nullopt; }
  template <class Message>
  std::optional<session::SessionId> operator()(const Message& message) const {
    return message.session;
  }
};

bool maySee(const Services& services, const session::Grant& grant, const base::CameraId& camera) {
  return services.access.check(grant, session::Right::View, &camera).has_value();
}

}  // namespace

std::vector<session::CameraInfo> visibleCameras(const Services& services, const session::Grant& grant) {
  std::vector<session::CameraInfo> visible;
  std::ranges::copy_if(services.catalogue.cameras(), std::back_inserter(visible),
                       [&](const session::CameraInfo& camera) { return maySee(services, grant, camera.id); });
  return visible;
}

Endpoint::Endpoint(const Services& services, session::Channel& channel, Remote remote, base::Secret token)
    : services_(services),
      channel_(channel),
      remote_(std::move(remote)),
      token_(std::move(token)),
      rate_(services.clock) {
  channel_.setListener(this);
}

Endpoint::Endpoint(const Services& services, session::Channel& channel, const session::Session& session)
    : services_(services),
      channel_(channel),
      remote_{session.source(), session.arrival()},
      rate_(services.clock),
      grant_(session.grant()),
      within_(session.id()) {
  listen();
  channel_.setListener(this);
}

Endpoint::~Endpoint() {
  if (channelState_ != ChannelState::Closed)
    channel_.setListener(nullptr);
  stopListening();
}

void Endpoint::onMessage(std::string_view text) {
  if (channelState_ != ChannelState::Open || !isWithinRate())
    return;
  const auto message = decode(text);
  if (!message)
    return send(message.error());
  if (!isInOrder(*message))
    return send(ErrorMessage{std::visit(SessionOf(), *message), ErrorCode::OutOfOrder,
                             "message out of order: 'hello' comes first and once; it is ignored"});
  std::visit([this](const auto& kind) { handle(kind); }, *message);
}

void Endpoint::onTooLarge(std::size_t limit) {
  if (channelState_ == ChannelState::Open && isWithinRate())
    send(ErrorMessage{std::nullopt, ErrorCode::TooLarge,
                      "message of more than " + std::to_string(limit) + " bytes: it is ignored"});
}

void Endpoint::review() {
  if (!grant_ || channelState_ != ChannelState::Open)
    return;
  const auto stands = services_.access.stands(*grant_);
  if (stands) {
    if (iceServersDue_ && services_.clock.now() >= *iceServersDue_)
      send(IceMessage{takeIceServers()});
    return;
  }
  send(ErrorMessage{std::nullopt, toErrorCode(stands.error().code), stands.error().message});
  close();
}

void Endpoint::onClosed() {
  channelState_ = ChannelState::Closed;
  stopListening();
}

bool Endpoint::isWithinRate() {
  switch (rate_.judge()) {
    case RateLimit::Verdict::Pass:
      return true;
    case RateLimit::Verdict::Over:
      send(ErrorMessage{std::nullopt, ErrorCode::RateLimited,
                        "too many messages: what comes faster than " +
                            std::to_string(static_cast<int>(kMessagesPerSecond)) + " a second is ignored"});
      return false;
    case RateLimit::Verdict::StillOver:
      return false;
    case RateLimit::Verdict::Abuse:
      base::logInfo("signaling", "viewer at '{}' sends without end: its channel is closed", remote_.source.value());
      close();
      return false;
  }
  return false;
}

bool Endpoint::isInOrder(const FromViewer& message) const {
  return std::holds_alternative<Hello>(message) != grant_.has_value();
}

void Endpoint::handle(const Hello& hello) {
  auto grant = services_.access.identify({hello.token.empty() ? token_ : hello.token, remote_.source});
  if (!grant) {
    send(ErrorMessage{std::nullopt, toErrorCode(grant.error().code), grant.error().message});
    return close();
  }
  grant_ = std::move(*grant);
  listen();
  send(Welcome{services_.device, visibleCameras(services_, *grant_), grant_->rights, takeIceServers(),
               mayKnowTroubles() ? services_.troubles.present() : session::DeviceTroubles::Set(), waitingRings(),
               outputs()});
}

void Endpoint::listen() {
  cameras_ = services_.catalogue.subscribe([this](const session::CameraInfo& camera) { onCameraChanged(camera); });
  troubles_ = services_.troubles.subscribe([this](const session::DeviceTroubles::Set& all) { onTroubles(all); });
  turns_ = services_.registry.talks().subscribe([this](const session::Floor::Change& change) { onTurn(change); });
  shown_ = services_.registry.onShown([this](const session::Session& session) { onShown(session); });
  rings_ = services_.rings.subscribe([this](const session::Ring& ring) { onRing(ring); });
}

std::vector<session::IceServer> Endpoint::takeIceServers() {
  session::IceServerList list = services_.iceServers.forViewer();
  iceServersDue_.reset();
  if (list.lifetime)
    iceServersDue_ = services_.clock.now() + *list.lifetime / 2;
  return std::move(list.servers);
}

std::vector<RingMessage> Endpoint::waitingRings() const {
  std::vector<RingMessage> known;
  for (const session::Ring& ring : services_.rings.waiting())
    if (mayKnow(services_.access, *grant_, ring))
      known.push_back({ring, services_.rings.age(ring)});
  return known;
}

std::vector<session::OutputInfo> Endpoint::outputs() const {
  std::vector<session::OutputInfo> allowed;
  std::ranges::copy_if(
      services_.outputs.outputs(), std::back_inserter(allowed),
      [this](const session::OutputInfo& output) { return mayOpen(services_.access, *grant_, output); });
  return allowed;
}

bool Endpoint::mayKnowTroubles() const {
  return services_.access.check(*grant_, session::Right::Admin, nullptr).has_value();
}

void Endpoint::handle(const OfferMessage& offer) {
  if (!hasRoomFor(offer))
    return send(ErrorMessage{offer.session, ErrorCode::Busy,
                             "no room for another session: " + std::to_string(kMaxSessionsPerChannel) +
                                 " are open on this connection already; end one first"});
  // Before the core is asked, since it may end the session before it returns.
  const bool isNew = sessions_.insert(offer.session).second;
  const auto opened = services_.registry.open({offer.session, offer.camera, offer.sdp, offer.replaces},
                                              {remote_.source, *grant_, remote_.arrival}, *this);
  if (opened)
    return;
  if (isNew)
    sessions_.erase(offer.session);
  refuse(offer.session, opened.error());
}

bool Endpoint::hasRoomFor(const OfferMessage& offer) const {
  // One that is open already is for the core to refuse, by its own name.
  if (sessions_.contains(offer.session))
    return true;
  const std::size_t leaving = offer.replaces && sessions_.contains(*offer.replaces) ? 1 : 0;
  return sessions_.size() - leaving < kMaxSessionsPerChannel;
}

void Endpoint::handle(const CandidateMessage& candidate) {
  const auto added = services_.registry.addCandidate(candidate.session, *grant_, candidate.candidate);
  if (!added)
    refuse(candidate.session, added.error());
}

void Endpoint::handle(const CommandMessage& message) {
  Outcome outcome{message.id, {}};
  // A command may end the session that this channel is in, and the endpoint with it.
  auto answer = lifetime_.bind([this](const Outcome& result) { send(result); });
  if (!message.command) {
    outcome.result = tl::unexpected(message.command.error());
  } else {
    auto value = services_.commands.run(*message.command, *grant_);
    if (value)
      outcome.result = std::move(*value);
    else
      outcome.result = tl::unexpected(CommandError{toErrorCode(value.error().code), value.error().message});
  }
  answer(outcome);
}

void Endpoint::handle(const ByeFromViewer& bye) {
  base::logDebug("signaling", "viewer at '{}' ends a session: '{}'", remote_.source.value(), bye.reason);
  const auto ended = services_.registry.bye(bye.session, *grant_);
  if (!ended)
    refuse(bye.session, ended.error());
}

void Endpoint::onAnswer(const session::Session& session, const std::string& sdp) {
  send(AnswerMessage{session.id(), sdp});
}

void Endpoint::onCandidate(const session::Session& session, const session::IceCandidate& candidate) {
  send(CandidateMessage{session.id(), candidate});
}

void Endpoint::onStateChanged(const session::Session& session) {
  send(SessionStateMessage{session.id(), session.camera(), session.state()});
}

void Endpoint::onEnded(const session::Session& session, session::EndReason reason) {
  sessions_.erase(session.id());
  send(ByeFromDevice{session.id(), reason});
}

void Endpoint::onCameraChanged(const session::CameraInfo& camera) {
  if (maySee(services_, *grant_, camera.id))
    send(CameraStateMessage{camera.id, camera.state, camera.reason, camera.encoder, camera.cause, camera.slowed,
                            camera.isFrozen, camera.audio});
}

void Endpoint::onTroubles(const session::DeviceTroubles::Set& troubles) {
  if (mayKnowTroubles())
    send(DeviceMessage{troubles});
}

void Endpoint::onTurn(const session::Floor::Change& change) {
  if (isAbout(change.session))
    send(TalkMessage{change});
}

void Endpoint::onShown(const session::Session& session) {
  if (isAbout(session.id()))
    onStateChanged(session);
}

void Endpoint::onRing(const session::Ring& ring) {
  if (mayKnow(services_.access, *grant_, ring))
    send(RingMessage{ring, services_.rings.age(ring)});
}

void Endpoint::send(const ToViewer& message) {
  if (channelState_ == ChannelState::Open)
    channel_.send(encode(message));
}

void Endpoint::refuse(const session::SessionId& session, const session::Refusal& refusal) {
  send(ErrorMessage{session, toErrorCode(refusal.code), refusal.message});
}

void Endpoint::stopListening() {
  cameras_.reset();
  troubles_.reset();
  turns_.reset();
  shown_.reset();
  rings_.reset();
  services_.registry.forget(*this);
}

void Endpoint::close() {
  channelState_ = ChannelState::Closing;
  channel_.close();
}

}  // namespace fanlight::signaling
