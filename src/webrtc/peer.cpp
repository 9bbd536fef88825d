// SPDX-License-Identifier: Apache-2.0
// Every continuation comes back to the main thread and is dropped where the peer has been closed meanwhile.
#include "webrtc/peer.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/log.h"
#include "webrtc/ice.h"
#include "webrtc/webrtcbin_offer.h"

namespace fanlight::webrtc {

using session::EndReason;
using session::PeerProgress;

namespace {

// A fraction of what a camera takes until it is known to be away.
constexpr std::chrono::milliseconds kReviewChangeEvery{250};

}  // namespace

Peer::Peer(PeerSources sources, const PeerServices& services, session::PeerObserver& observer,
           std::unique_ptr<CongestionControl> control, session::Arrival arrival)
    : sources_(std::move(sources)),
      services_(services),
      observer_(&observer),
      control_(std::move(control)),
      arrival_(std::move(arrival)) {}

Peer::~Peer() {
  if (observer_ || connection_)
    close([] {});
}

session::Answered<std::vector<session::IceCandidate>> Peer::answer(const std::string& sdp, bool mayTalk) {
  auto offer = parseOffer(sdp);
  if (!offer)
    return tl::unexpected(offer.error());
  offer_ = std::make_shared<const Offer>(std::move(*offer));
  view_ = sources_.camera.get().view();
  createConnection(mayTalk);
  return offer_->candidates;
}

void Peer::createConnection(bool mayTalk) {
  isCreating_ = true;
  auto onError = lifetime_.bind([this](const std::string& text) { onPipelineError(text); });
  auto onCreated = lifetime_.bind([this](const PeerConnection::Created& created) { afterCreated(created); });
  ways_ = {sources_.listen != nullptr, mayTalk && sources_.talk};
  IceSetUp ice = services_.ice(arrival_);
  telling_ = ice.telling;
  services_.viewers.run([needs = services_.connection, offer = offer_, audio = ways_, ice = std::move(ice),
                         control = std::exchange(control_, nullptr), onError, onCreated, &reaper = services_.reaper] {
    auto created = PeerConnection::create(needs, *offer, audio, ice, control, onError);
    needs.context.post([created = std::move(created), onCreated, &reaper]() mutable {
      onCreated(created);
      // Should the peer have been closed meanwhile, this is the last reference, and ending a pipeline may block.
      reaper.run([created = std::move(created)] {});
    });
  });
}

void Peer::afterCreated(const PeerConnection::Created& created) {
  isCreating_ = false;
  if (!created)
    return fail(EndReason::Internal, created.error().message);
  connection_ = *created;
  connectSignals();
  answerer_ = std::make_unique<Answerer>(
      connection_, offer_, services_.connection.certificate->fingerprint, services_.connection.context,
      lifetime_.bind([this](const base::Result<std::string>& answer) { afterAnswered(answer); }));
  answerer_->start();
  for (const session::IceCandidate& candidate : std::exchange(earlyRemote_, {}))
    forward(candidate);
}

void Peer::connectSignals() {
  GstElement* webrtcbin = connection_->webrtcbin();
  const glib::MainContext& context = services_.connection.context;
  signals_.push_back(glib::connectQueued<void(GstElement*, guint, char*)>(
      webrtcbin, "on-ice-candidate", context,
      lifetime_.bind([this](guint, const std::string& candidate) { onLocalCandidate(candidate); })));
  // Both states are read where they are told: webrtcbin holds its lock while it sets a description, and the main thread
  // would wait for it. By the time that it looks, gathering may also be complete while candidates are on their way.
  auto onIce = lifetime_.bind([this](GstWebRTCICEConnectionState state) { onIceState(state); });
  signals_.push_back(glib::connectDirect<void(GstElement*, GParamSpec*)>(
      webrtcbin, "notify::ice-connection-state", [context, onIce](GstElement* connecting, GParamSpec*) {
        const auto state = GstWebRTCICEConnectionState(gst::getEnum(connecting, "ice-connection-state"));
        context.post([onIce, state]() mutable { onIce(state); });
      }));
  auto onGathered = lifetime_.bind([this] { onLocalCandidate(""); });
  signals_.push_back(glib::connectDirect<void(GstElement*, GParamSpec*)>(
      webrtcbin, "notify::ice-gathering-state", [context, onGathered](GstElement* gathering, GParamSpec*) {
        if (gst::getEnum(gathering, "ice-gathering-state") == GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE)
          context.post(onGathered);
      }));
  auto onExceeded = lifetime_.bind([this](const std::string& what) { fail(EndReason::LimitExceeded, what); });
  connection_->sctp()->onExceeded([context, onExceeded](const std::string& what) {
    context.post([onExceeded, what]() mutable { onExceeded(what); });
  });
  // Wrapped where it is announced: the first message may come before the main thread would have looked.
  auto onChannel = lifetime_.bind([this](const std::shared_ptr<DataChannel>& channel) { onDataChannel(channel); });
  signals_.push_back(glib::connectDirect<void(GstElement*, GstWebRTCDataChannel*, gboolean)>(
      webrtcbin, "prepare-data-channel",
      [context, onChannel, watch = connection_->sctp()](GstElement*, GstWebRTCDataChannel* announced, gboolean) {
        if (watch->addChannel())
          context.post(
              [onChannel, channel = DataChannel::create(announced, context, watch)]() mutable { onChannel(channel); });
      }));
}

void Peer::afterAnswered(const base::Result<std::string>& answer) {
  if (!answer)
    return fail(EndReason::NegotiationFailed, answer.error().message);
  connection_->watchTraffic();
  watchDtls();
  isAnswered_ = true;
  if (observer_)
    observer_->onAnswer(*answer);
  for (const session::IceCandidate& candidate : std::exchange(earlyLocal_, {}))
    tell(candidate);
}

void Peer::watchDtls() {
  dtls_ = connection_->dtlsTransport();
  if (!dtls_)
    return fail(EndReason::Internal, "webrtcbin has no DTLS transport after the answer");
  signals_.push_back(glib::connectQueued<void(GstWebRTCDTLSTransport*, GParamSpec*)>(
      dtls_.get(), "notify::state", services_.connection.context, lifetime_.bind([this](auto) { onDtlsState(); })));
}

void Peer::onIceState(GstWebRTCICEConnectionState state) {
  switch (state) {
    case GST_WEBRTC_ICE_CONNECTION_STATE_NEW:
      return;
    case GST_WEBRTC_ICE_CONNECTION_STATE_CHECKING:
      return report(PeerProgress::IceChecking);
    case GST_WEBRTC_ICE_CONNECTION_STATE_CONNECTED:
    case GST_WEBRTC_ICE_CONNECTION_STATE_COMPLETED:
      return report(PeerProgress::IceConnected);
    case GST_WEBRTC_ICE_CONNECTION_STATE_FAILED:
    case GST_WEBRTC_ICE_CONNECTION_STATE_DISCONNECTED:
    case GST_WEBRTC_ICE_CONNECTION_STATE_CLOSED:
      return fail(EndReason::IceFailed, "");
  }
}

void Peer::onDtlsState() {
  switch (GstWebRTCDTLSTransportState(gst::getEnum(dtls_.get(), "state"))) {
    case GST_WEBRTC_DTLS_TRANSPORT_STATE_NEW:
    case GST_WEBRTC_DTLS_TRANSPORT_STATE_CONNECTING:
      return;
    case GST_WEBRTC_DTLS_TRANSPORT_STATE_CONNECTED:
      return onSecured();
    case GST_WEBRTC_DTLS_TRANSPORT_STATE_CLOSED:
      return fail(EndReason::PeerClosed, "");
    case GST_WEBRTC_DTLS_TRANSPORT_STATE_FAILED:
      return fail(EndReason::DtlsFailed, "");
  }
}

void Peer::onPipelineError(const std::string& text) {
  // webrtcbin's SCTP element complains of a viewer that leaves: Chromium closes DTLS under it, libdatachannel aborts
  // the association and closes nothing. The same words without a goodbye are a fault.
  const bool isClosed = dtls_ && gst::getEnum(dtls_.get(), "state") == GST_WEBRTC_DTLS_TRANSPORT_STATE_CLOSED;
  const bool hasLeft = connection_ && connection_->sctp()->saidGoodbye();
  if (isClosed || hasLeft)
    return fail(EndReason::PeerClosed, "");
  fail(EndReason::Internal, text);
}

void Peer::onSecured() {
  if (isSecured_ || !observer_)
    return;
  if (!matchesAny(gst::getText(dtls_.get(), "remote-certificate"), offer_->transport.fingerprints))
    return fail(EndReason::FingerprintMismatch, "");
  isSecured_ = true;
  feed_ = std::make_shared<media::Feed>(connection_->video(), services_.connection.clock);
  connection_->video().onKeyFrameRequest([weak = std::weak_ptr(feed_)] {
    if (const auto feed = weak.lock())
      feed->requestKeyFrame();
  });
  connection_->distributeLatency();
  connection_->heedFeedback();
  feed_->follow(view_.fanout);
  applyListening();
  report(PeerProgress::Secured);
}

AudioWays Peer::offered() const {
  if (!offer_)
    return {};
  return {std::ranges::any_of(offer_->lines, &MediaLine::carriesOurSound),
          std::ranges::any_of(offer_->lines, [](const MediaLine& line) { return line.voice.has_value(); })};
}

session::Answered<void> Peer::listen(bool isWanted) {
  // To end is always allowed: who hears nothing of this camera might hear the next one otherwise.
  if (isWanted && (!sources_.listen || !offered().sound))
    return session::refuse(session::RefusalCode::BadCommand,
                           sources_.listen ? "this session carries no sound: its offer had no audio to receive"
                                           : "this camera has no microphone");
  isListening_ = isWanted;
  applyListening();
  return {};
}

void Peer::applyListening() {
  const bool isToBeSent = isListening_ && sources_.listen && isSecured_ && observer_ && connection_->sound();
  media::View sound = isToBeSent ? sources_.listen() : media::View{};
  // Another microphone's sound would not go with the pictures. The Feed stays, which keeps the order of time.
  if (soundFeed_ && sound.fanout != sound_.fanout)
    soundFeed_->rest();
  sound_ = std::move(sound);
  if (!isToBeSent)
    return;
  if (!soundFeed_)
    soundFeed_ = std::make_unique<media::Feed>(*connection_->sound(), services_.connection.clock);
  soundFeed_->follow(sound_.fanout);
}

void Peer::letTalk(bool isLet) {
  if (isLet == (voice_.demand != nullptr) || (isLet && !takesVoice()))
    return;
  voice_ = isLet ? sources_.talk() : media::Voice{};
  if (isLet && !voice_.sink)
    base::logWarning("webrtc", "the speaker has no place for another voice: it is not heard");
  connection_->voice()->letThrough(voice_.sink);
}

void Peer::onLocalCandidate(const std::string& candidate) {
  const MediaLine& line = offer_->lines[offer_->transport.line];
  session::IceCandidate local;
  local.sdpMLineIndex = static_cast<int>(line.index);
  if (!line.mid.empty())
    local.sdpMid = line.mid;
  for (std::string& told : telling_.tell(candidate)) {
    local.candidate = std::move(told);
    if (isAnswered_)
      tell(local);
    else
      earlyLocal_.push_back(local);
  }
}

void Peer::onDataChannel(const std::shared_ptr<DataChannel>& channel) {
  if (!observer_)
    return;
  channels_.push_back(channel);
  // SCTP runs over DTLS, so the certificate has been judged by now: what is not secured is being ended.
  channel->whenOpen(lifetime_.bind([this, channel = channel.get()] {
    if (isSecured_ && observer_)
      observer_->onDataChannel(channel->label(), channel->shared_from_this());
  }));
}

void Peer::addCandidate(const session::IceCandidate& candidate) {
  if (connection_)
    forward(candidate);
  else if (observer_)
    earlyRemote_.push_back(candidate);
}

void Peer::forward(const session::IceCandidate& candidate) {
  const MediaLine* line = offer_->find(candidate);
  // The end of candidates needs no forwarding: 1.22 has no call for it, and ICE goes on with what it has.
  if (candidate.candidate.empty() || !line || !line->sharesTransport)
    return;
  if (const auto reason = reasonToDrop(candidate.candidate)) {
    base::logDebug("webrtc", "a candidate is not used: {}", *reason);
    return;
  }
  g_signal_emit_by_name(connection_->webrtcbin(), "add-ice-candidate", kWebrtcbinVideoLine,
                        candidate.candidate.c_str());
}

void Peer::tell(const session::IceCandidate& candidate) {
  if (observer_)
    observer_->onCandidate(candidate);
}

session::PeerActivity Peer::activity() const {
  return connection_ ? connection_->activity() : session::PeerActivity{};
}

telemetry::PeerFigures Peer::figures() const {
  telemetry::PeerFigures figures = connection_ ? connection_->figures() : telemetry::PeerFigures{};
  if (feed_) {
    const media::FeedFigures fed = feed_->figures();
    figures.sent.frames = fed.delivered;
    figures.sent.bytes = fed.bytes;
    figures.sent.droppedFrames = fed.dropped;
  }
  return figures;
}

void Peer::report(PeerProgress progress) {
  if (!observer_ || (reported_ && *reported_ >= progress))
    return;
  reported_ = progress;
  observer_->onProgress(progress);
}

void Peer::fail(EndReason reason, const std::string& detail) {
  if (auto* observer = std::exchange(observer_, nullptr))
    observer->onFailed(reason, detail);
}

session::Answered<void> Peer::show(const base::CameraId& camera, bool mayTalk) {
  PeerSources sources = services_.find(camera);
  const bool lacksSound = sources.listen && !ways_.sound && offered().sound;
  const bool lacksVoice = mayTalk && sources.talk && !ways_.voice && offered().voice;
  if (lacksSound || lacksVoice)
    return session::refuse(session::RefusalCode::BadCommand,
                           fmt::format("this session was agreed on without the {} that camera '{}' has: open another",
                                       lacksSound ? "sound" : "speaker", camera.value()));
  sources_ = std::move(sources);
  applyListening();
  showRendition(sources_.camera.get().view());
  return {};
}

void Peer::showRendition(media::Camera::View view) {
  if (!observer_)
    return;
  media::Camera::View before = std::exchange(view_, std::move(view));
  if (!feed_)
    return;
  // Of several changes in a row the first one's is what is to be seen.
  if (!former_.fanout)
    former_ = std::move(before);
  changeReview_.stop();
  changedAt_ = services_.connection.clock.now();
  followView();
  if (reviewChange() == glib::Continue::Yes)
    changeReview_ =
        glib::EventSource::timer(services_.connection.context, kReviewChangeEvery, [this] { return reviewChange(); });
}

void Peer::followView() {
  auto onShown = lifetime_.bind([this, change = ++changes_] { afterShown(change); });
  feed_->follow(view_.fanout,
                [context = services_.connection.context, onShown = std::move(onShown)] { context.post(onShown); });
}

void Peer::afterShown(int change) {
  if (change != changes_ || !observer_)
    return;
  changeReview_.stop();
  former_ = {};
  observer_->onShown();
}

glib::Continue Peer::reviewChange() {
  const bool isAway = sources_.camera.get().state() == media::Camera::State::Away;
  if (!isAway && services_.connection.clock.now() - changedAt_ < kLongestChange)
    return glib::Continue::Yes;
  // Its pictures would be taken for the other camera's.
  feed_->rest();
  former_ = {};
  followView();
  return glib::Continue::No;
}

void Peer::close(std::function<void()> closed) {
  observer_ = nullptr;
  lifetime_.end();
  if (feed_)
    feed_->leave();
  feed_.reset();
  changeReview_.stop();
  isListening_ = false;
  applyListening();
  soundFeed_.reset();
  letTalk(false);
  signals_.clear();
  channels_.clear();
  dtls_ = nullptr;
  answerer_.reset();
  view_ = {};
  former_ = {};
  release(std::move(closed));
}

void Peer::release(std::function<void()> closed) {
  const glib::MainContext context = services_.connection.context;
  gst::Worker& reaper = services_.reaper;
  auto reap = [context, &reaper, connection = std::move(connection_), closed = std::move(closed)]() mutable {
    reaper.run([context, connection = std::move(connection), closed = std::move(closed)]() mutable {
      connection.reset();
      context.post(std::move(closed));
    });
  };
  if (!isCreating_)
    return reap();
  // The worker is still making the connection; behind it, by the same way as its result, comes the end.
  services_.viewers.run([context, reap = std::move(reap)] { context.post(reap); });
}

std::unique_ptr<session::Peer> PeerFactory::create(const session::PeerRequest& request,
                                                   session::PeerObserver& observer) {
  return std::make_unique<Peer>(services_.find(request.camera), services_, observer,
                                makeControl_ ? makeControl_(request.session) : nullptr, request.arrival);
}

}  // namespace fanlight::webrtc
