// SPDX-License-Identifier: Apache-2.0
// The session's states and what moves it between them.
#include "session/session.h"

#include <algorithm>

namespace fanlight::session {
namespace {

constexpr std::size_t kMinSessionIdLength = 16;
constexpr std::size_t kMaxSessionIdLength = 64;

bool isSessionIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

}  // namespace

bool isSessionId(std::string_view text) {
  return text.size() >= kMinSessionIdLength && text.size() <= kMaxSessionIdLength &&
         std::ranges::all_of(text, isSessionIdCharacter);
}

Session::Session(Identity identity, Owner& owner, const base::Clock& clock, SessionTimes times)
    : identity_(std::move(identity)),
      owner_(owner),
      clock_(clock),
      times_(times),
      began_(clock.now()),
      progressed_(began_) {}

bool Session::isAllowed(Step step) const {
  switch (state_) {
    case SessionState::Negotiating:
      return step != Step::DataChannel && step != Step::Talk;
    case SessionState::Connecting:
      // A data channel is heeded only once the certificate was found to be the one of the offer.
      return step != Step::Answer && step != Step::DataChannel && step != Step::Talk;
    case SessionState::Live:
      return step != Step::Answer;
    case SessionState::Closing:
      return false;
  }
  return false;
}

void Session::moveTo(SessionState state) {
  // What the observer did with the news before this may have ended the session.
  if (state_ == state || state_ == SessionState::Closing)
    return;
  state_ = state;
  if (observer_)
    observer_->onStateChanged(*this);
}

Answered<void> Session::begin(PeerFactory& peers, const std::string& offer, bool mayTalk) {
  peer_ = peers.create({identity_.id, identity_.camera, identity_.arrival}, *this);
  const auto offered = peer_->answer(offer, mayTalk);
  if (!offered)
    return tl::unexpected(offered.error());
  // As if each had come by itself, so that one limit holds over both kinds; what is beyond it is not used.
  for (const IceCandidate& candidate : *offered)
    if (!addCandidate(candidate))
      break;
  return {};
}

Answered<void> Session::addCandidate(const IceCandidate& candidate) {
  if (!isAllowed(Step::RemoteCandidate))
    return {};
  if (++candidates_ > kMaxCandidates)
    return refuse(RefusalCode::TooManyCandidates, "more than " + std::to_string(kMaxCandidates) +
                                                      " candidates in session '" + id().value() +
                                                      "': further ones are ignored");
  peer_->addCandidate(candidate);
  return {};
}

Answered<void> Session::listen(bool isWanted) {
  return isAllowed(Step::Listen) ? peer_->listen(isWanted) : Answered<void>();
}

Answered<void> Session::show(const base::CameraId& camera, bool mayTalk) {
  if (!isAllowed(Step::Show))
    return refuse(RefusalCode::UnknownSession, "session '" + id().value() + "' has ended");
  return peer_->show(camera, mayTalk).map([this, &camera] { identity_.camera = camera; });
}

void Session::letTalk(bool isLet) {
  if (isAllowed(Step::Talk))
    peer_->letTalk(isLet);
}

void Session::end(EndReason reason, std::function<void()> gone) {
  if (!isAllowed(Step::End))
    return;
  state_ = SessionState::Closing;
  if (observer_)
    observer_->onEnded(*this, reason);
  observer_ = nullptr;
  peer_->close(std::move(gone));
}

std::optional<EndReason> Session::judge() const {
  if (state_ == SessionState::Closing)
    return std::nullopt;
  const base::TimePoint now = clock_.now();
  if (state_ != SessionState::Live) {
    const bool late = now - began_ > times_.attempt || now - progressed_ > times_.progress;
    return late ? std::optional(EndReason::ConnectTimeout) : std::nullopt;
  }
  return isSilent(now) ? std::optional(EndReason::RtcpTimeout) : std::nullopt;
}

// To whom nothing is sent has nothing to report: libdatachannel answers sender's reports only.
bool Session::isSilent(base::TimePoint now) const {
  const PeerActivity activity = peer_->activity();
  if (!activity.sendingSince)
    return false;
  const auto silence = [now, since = *activity.sendingSince](std::optional<base::TimePoint> heard) {
    return now - std::max(since, heard.value_or(since));
  };
  return (activity.lastRtcp && silence(activity.lastRtcp) > times_.rtcpSilence) ||
         (activity.owesFeedback && silence(activity.lastFeedback) > times_.feedbackSilence);
}

void Session::onAnswer(const std::string& sdp) {
  if (!isAllowed(Step::Answer))
    return;
  progressed_ = clock_.now();
  if (observer_)
    observer_->onAnswer(*this, sdp);
  moveTo(SessionState::Connecting);
}

void Session::onCandidate(const IceCandidate& candidate) {
  if (isAllowed(Step::LocalCandidate) && observer_)
    observer_->onCandidate(*this, candidate);
}

void Session::onProgress(PeerProgress progress) {
  if (!isAllowed(Step::Progress))
    return;
  progressed_ = clock_.now();
  if (progress == PeerProgress::Secured)
    moveTo(SessionState::Live);
}

void Session::onFailed(EndReason reason, const std::string& detail) {
  if (isAllowed(Step::End))
    owner_.onSessionEnding(*this, reason, detail);
}

void Session::onDataChannel(const std::string& label, std::shared_ptr<Channel> channel) {
  if (isAllowed(Step::DataChannel))
    owner_.onSessionDataChannel(*this, label, std::move(channel));
}

void Session::onShown() {
  if (isAllowed(Step::Show))
    owner_.onSessionShown(*this);
}

}  // namespace fanlight::session
