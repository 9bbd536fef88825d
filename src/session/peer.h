// SPDX-License-Identifier: Apache-2.0
// The device's end of one viewer's peer connection, as the core needs it. Main thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/values.h"
#include "session/channel.h"
#include "session/refusal.h"
#include "telemetry/figures.h"

namespace fanlight::session {

/// Chosen by the viewer for its own sessions, so it is unguessable: who knows it may replace or end the session.
using SessionId = base::Id<struct SessionTag>;

/// Why a session ended. The names on the wire are in signaling/.
enum class EndReason {
  Left,      ///< the viewer said so
  Replaced,  ///< by a session that named it
  IceFailed,
  DtlsFailed,
  FingerprintMismatch,  ///< the certificate seen is not the one of the offer
  NegotiationFailed,
  ConnectTimeout,  ///< no progress towards a connection
  RtcpTimeout,     ///< it had sent RTCP and stopped, or never told what arrived as it had agreed to
  PeerClosed,      ///< DTLS close, or SCTP's
  LimitExceeded,   ///< the viewer took more of the device than any needs
  Expired,         ///< its grant ended
  Revoked,         ///< its grant was ended
  Ended,           ///< by the device's owner
  CameraRemoved,
  Shutdown,
  Internal,
};

/// W3C RTCIceCandidate. An empty `candidate` is the end of candidates.
struct IceCandidate {
  std::string candidate;
  std::optional<std::string> sdpMid;
  std::optional<int> sdpMLineIndex;
  std::optional<std::string> usernameFragment;
  bool operator==(const IceCandidate&) const = default;
};

/// How far a connection has come; each is reported once, in this order.
enum class PeerProgress {
  IceChecking,
  IceConnected,
  Secured,  ///< DTLS is up and the certificate is the one of the offer: media flows from here on
};

/// What the viewer was last sent, and when it was last heard.
struct PeerActivity {
  std::optional<base::TimePoint> sendingSince;  ///< pictures have flowed since then without a pause; none: they do not
  std::optional<base::TimePoint> lastRtcp;      ///< none: it has not sent any yet
  std::optional<base::TimePoint> lastFeedback;  ///< about which packets arrived; none: it has not sent any yet
  bool owesFeedback = false;                    ///< it agreed to send such feedback
  std::optional<base::TimePoint> lastVoice;     ///< that was let through; none: there has not been any yet
};

class PeerObserver {
 public:
  virtual ~PeerObserver() = default;
  virtual void onAnswer(const std::string& sdp) = 0;
  virtual void onCandidate(const IceCandidate& candidate) = 0;
  virtual void onProgress(PeerProgress progress) = 0;
  /// The connection is of no use any more; the observer closes the peer. `detail` is for the log.
  virtual void onFailed(EndReason reason, const std::string& detail) = 0;
  virtual void onDataChannel(const std::string& label, std::shared_ptr<Channel> channel) = 0;
  /// The first picture of the camera that show() named last is on its way.
  virtual void onShown() = 0;
};

class Peer {
 public:
  virtual ~Peer() = default;
  /// Looks through the offer at once (refused: BadOffer, UnsupportedOffer) and answers it later. Once in its life.
  /// `mayTalk`: the viewer may be let talk later; to another it is told that nothing is received.
  /// Gives the candidates that stand in it; they are used only where they come back by addCandidate().
  virtual Answered<std::vector<IceCandidate>> answer(const std::string& offer, bool mayTalk) = 0;
  virtual void addCandidate(const IceCandidate& candidate) = 0;
  virtual PeerActivity activity() const = 0;
  /// Begins or ends to send sound, which nobody is sent who did not ask for it. To begin is refused: BadCommand, where
  /// there is none in this session: its offer had no line for it, or its camera has no microphone.
  virtual Answered<void> listen(bool isWanted) = 0;
  /// Another camera, which is in the catalogue, over the same connection: its sound and its speaker at once, its
  /// pictures from the first on that comes. Until then those of the one before go on, but never while the other is
  /// Away, nor for long. Refused: BadCommand, where the other camera has sound or, for who `mayTalk`, a speaker, and
  /// the answer left that out which the offer had room for.
  virtual Answered<void> show(const base::CameraId& camera, bool mayTalk) = 0;
  /// Whether there is a way for what the viewer says: its offer had one, its camera has a speaker, and it may talk.
  virtual bool takesVoice() const = 0;
  /// Lets what the viewer says through to the camera's speaker, or nothing any more, as at the beginning.
  virtual void letTalk(bool isLet) = 0;
  /// Since its offer. Cheap.
  virtual telemetry::PeerFigures figures() const = 0;
  /// Stops sending at once; calls `closed` later, when nothing of it is left. No observer call comes after this.
  virtual void close(std::function<void()> closed) = 0;
};

/// The two ends of the connection that a viewer's signaling came by: numeric addresses; empty where nobody knows, as
/// behind a proxy or a broker.
struct Arrival {
  std::string from;
  std::string at;  ///< of the device
};

/// What a peer is asked for with.
struct PeerRequest {
  SessionId session;
  base::CameraId camera;  ///< which is in the catalogue
  Arrival arrival;
};

class PeerFactory {
 public:
  virtual ~PeerFactory() = default;
  /// `observer` outlives the peer. The camera is wanted from its offer on. Must not call the observer before it has
  /// returned.
  virtual std::unique_ptr<Peer> create(const PeerRequest& request, PeerObserver& observer) = 0;
};

}  // namespace fanlight::session
