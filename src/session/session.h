// SPDX-License-Identifier: Apache-2.0
// One viewer's stay, with one camera at a time, from admission to the end of its teardown. Main thread. No timers:
// judge() is asked.
//
//   Negotiating ──answer──▶ Connecting ──secured──▶ Live
//        │                      │                     │
//        └──────────────────────┴───────── end ───────┴──▶ Closing ──peer gone──▶ (removed by the registry)
//
// isAllowed() is the one guard: what it does not list for a state is ignored or refused there.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "session/access.h"
#include "session/peer.h"

namespace fanlight::session {

/// 16 to 64 of A-Z a-z 0-9 _ -.
bool isSessionId(std::string_view text);

enum class SessionState { Negotiating, Connecting, Live, Closing };

/// How long the phases of a session may take.
struct SessionTimes {
  base::Duration progress = std::chrono::seconds(10);     ///< without a step towards the connection
  base::Duration attempt = std::chrono::seconds(30);      ///< from offer to secured
  base::Duration rtcpSilence = std::chrono::seconds(10);  ///< of a viewer that has sent RTCP, while it is sent pictures
  /// Of a viewer that agreed to transport-wide feedback, while it is sent pictures: rtpsession remembers each packet
  /// until it is told what became of it, about 1 MB a minute.
  base::Duration feedbackSilence = std::chrono::seconds(60);
};

/// Candidates of one session, in its offer and after it; Chromium sends 2 to 20.
inline constexpr int kMaxCandidates = 64;

class Session;

/// The transport that opened sessions and carries their messages. It may go before they do: Registry::forget().
class SessionObserver {
 public:
  virtual ~SessionObserver() = default;
  virtual void onAnswer(const Session& session, const std::string& sdp) = 0;
  virtual void onCandidate(const Session& session, const IceCandidate& candidate) = 0;
  virtual void onStateChanged(const Session& session) = 0;
  /// The session is Closing and will send nothing more.
  virtual void onEnded(const Session& session, EndReason reason) = 0;
};

class Session final : private PeerObserver {
 public:
  struct Identity {
    SessionId id;
    base::CameraId camera;
    SourceId source;
    Grant grant;
    Arrival arrival{};
  };
  /// What the owner does when the session is over, and with a data channel that the viewer opened.
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void onSessionEnding(Session& session, EndReason reason, const std::string& detail) = 0;
    virtual void onSessionDataChannel(Session& session, const std::string& label, std::shared_ptr<Channel>) = 0;
    virtual void onSessionShown(Session& session) = 0;
  };

  Session(Identity identity, Owner& owner, const base::Clock& clock, SessionTimes times);

  /// Makes the peer and hands it the offer. On a refusal the session is of no further use.
  Answered<void> begin(PeerFactory& peers, const std::string& offer, bool mayTalk);
  /// Refused: TooManyCandidates. Late ones, after the end, are ignored.
  Answered<void> addCandidate(const IceCandidate& candidate);
  /// As Peer::listen(); nothing once it has ended.
  Answered<void> listen(bool isWanted);
  /// As Peer::show(); from then on it is a session of that camera. Refused as well: UnknownSession, once it has ended.
  Answered<void> show(const base::CameraId& camera, bool mayTalk);
  /// As the Peer's; nothing once it has ended.
  bool takesVoice() const { return isAllowed(Step::Talk) && peer_->takesVoice(); }
  void letTalk(bool isLet);
  std::optional<base::TimePoint> lastVoice() const { return peer_->activity().lastVoice; }
  /// Tells observer and owner, closes the peer, and calls `gone` when nothing of it is left. Only the first call
  /// counts.
  void end(EndReason reason, std::function<void()> gone);
  /// Whether it is time to end it, and why.
  std::optional<EndReason> judge() const;

  void setObserver(SessionObserver* observer) { observer_ = observer; }
  const SessionObserver* observer() const { return observer_; }
  const SessionId& id() const { return identity_.id; }
  const base::CameraId& camera() const { return identity_.camera; }
  const SourceId& source() const { return identity_.source; }
  const Grant& grant() const { return identity_.grant; }
  const Arrival& arrival() const { return identity_.arrival; }
  SessionState state() const { return state_; }
  telemetry::PeerFigures figures() const { return peer_->figures(); }
  /// Since its offer.
  base::Duration age() const { return clock_.now() - began_; }

 private:
  enum class Step { Answer, LocalCandidate, RemoteCandidate, Progress, Listen, Show, Talk, DataChannel, End };
  bool isAllowed(Step step) const;
  bool isSilent(base::TimePoint now) const;
  void moveTo(SessionState state);

  void onAnswer(const std::string& sdp) override;
  void onCandidate(const IceCandidate& candidate) override;
  void onProgress(PeerProgress progress) override;
  void onFailed(EndReason reason, const std::string& detail) override;
  void onDataChannel(const std::string& label, std::shared_ptr<Channel> channel) override;
  void onShown() override;

  Identity identity_;  ///< its camera alone changes
  Owner& owner_;
  const base::Clock& clock_;
  const SessionTimes times_;
  SessionObserver* observer_ = nullptr;
  SessionState state_ = SessionState::Negotiating;
  base::TimePoint began_;
  base::TimePoint progressed_;
  int candidates_ = 0;
  std::unique_ptr<Peer> peer_;
};

}  // namespace fanlight::session
