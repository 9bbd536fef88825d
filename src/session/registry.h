// SPDX-License-Identifier: Apache-2.0
// All sessions of the device: admission, limits, lookup, expiry. Main thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "session/access.h"
#include "session/catalogue.h"
#include "session/listeners.h"
#include "session/session.h"
#include "session/talk.h"

namespace fanlight::session {

/// How many sessions there may be at once. One that is being torn down still counts.
struct Limits {
  int viewers = 25;  ///< on this device
  int viewersPerCamera = 25;
  int viewersPerSource = 16;  ///< a wall of four cameras is four; a household behind one address is several
  SessionTimes times;
};

/// An offer, and who sent it.
struct Offer {
  SessionId session;
  base::CameraId camera;
  std::string sdp;
  std::optional<SessionId> replaces;
  bool listens = false;  ///< an audio line in it asks for sound at once; else nobody hears any before listen()
};
struct Viewer {
  SourceId source;
  Grant grant;
  Arrival arrival{};
};

/// A session, as its device's owner sees it.
struct ViewerInfo {
  SessionId session;
  base::CameraId camera;
  GrantId grant;
  std::string name;  ///< of the grant
  SourceId source;
  SessionState state;
  base::Duration age;
  telemetry::PeerFigures figures;
};

class Registry final : private Session::Owner {
 public:
  using DataChannelHandler =
      std::function<void(const Session&, const std::string& label, std::shared_ptr<Channel> channel)>;
  using EndedHandler = std::function<void(const Session&, EndReason, const std::string& detail)>;
  using SwitchedHandler = std::function<void(const Session&, const base::CameraId& from)>;

  Registry(PeerFactory& peers, const Catalogue& catalogue, Access& access, const base::Clock& clock, Limits limits);
  ~Registry() override;

  /// Admits a session and begins to answer its offer. The session that it replaces leaves its place to it, also while
  /// it is being torn down, and is ended once the offer proved good. Nothing is kept of a refused one.
  Answered<void> open(const Offer& offer, const Viewer& viewer, SessionObserver& observer);
  /// Refused: UnknownSession (also one of another grant), TooManyCandidates, or as Access::check() does.
  Answered<void> addCandidate(const SessionId& id, const Grant& grant, const IceCandidate& candidate);
  /// Begins or ends to send a session's sound. Refused: UnknownSession (also one of another grant), as Access::check()
  /// and Peer::listen() do.
  Answered<void> listen(const SessionId& id, const Grant& grant, bool isWanted);
  /// Asks for a turn to talk, or gives it back; what becomes of one that has to wait is told to Talk's listeners.
  /// Refused: UnknownSession (also one of another grant), Forbidden, BadCommand (its camera has no speaker), as
  /// Talk::request() does. Nothing comes of giving back.
  Answered<std::optional<Turn>> talk(const SessionId& id, const Grant& grant, bool isWanted);
  /// Another camera in a session that goes on. A turn to talk ends, but for one at a speaker that both have. Refused:
  /// UnknownSession (also one of another grant), UnknownCamera, Busy, as Access::check() and Peer::show() do.
  Answered<void> switchTo(const SessionId& id, const Grant& grant, const base::CameraId& camera);
  /// The viewer's `bye`, which needs no right: to leave is always allowed. Refused: UnknownSession.
  Answered<void> bye(const SessionId& id, const Grant& grant);

  /// `observer` is going; its sessions go on, unheard.
  void forget(const SessionObserver& observer);
  /// The owner's word: ends a session of whomever. Refused: UnknownSession.
  Answered<void> end(const SessionId& id);
  void endAll(EndReason reason);
  /// Ends what is over, and what is left of grants that have ended. Asked once a second.
  void tick();

  /// Who is there stays, also where they are more than that.
  void setLimits(const Limits& limits) { limits_ = limits; }
  /// Lets in nobody but those who replace a session of theirs, for as long as there is a reason, which they are told.
  void holdDoor(std::optional<std::string> reason) { shut_ = std::move(reason); }

  void onDataChannel(DataChannelHandler handler) { dataChannelHandler_ = std::move(handler); }
  /// Hears of each session that ends, once, before its observer does. For the log and for counting.
  void onEnded(EndedHandler handler) { endedHandler_ = std::move(handler); }
  /// Hears of each session that is of another camera now. For the log and for counting.
  void onSwitched(SwitchedHandler handler) { switchedHandler_ = std::move(handler); }
  /// `listener` hears of each session whose pictures are those of the other camera now.
  [[nodiscard]] Subscription onShown(Listeners<Session>::Listener listener) { return shown_.add(std::move(listener)); }
  Talk& talks() { return talk_; }
  /// Whether `camera` has a viewer, or any camera where it is null; not those that are Closing.
  bool isWatched(const base::CameraId* camera) const;
  /// Who is there, in the order in which they came; not those that are Closing.
  std::vector<ViewerInfo> viewers() const;
  /// How many sessions of a camera were let in, also from another camera, and how many offers of any were refused, and
  /// why. Also let in is one whose offer proved bad afterwards.
  telemetry::Count admitted(const base::CameraId& camera) const;
  const std::map<RefusalCode, telemetry::Count>& refusals() const { return refusals_; }
  /// Sessions that are not Closing; with those.
  int active() const;
  int occupied() const { return static_cast<int>(sessions_.size()); }

 private:
  struct Entry {
    std::unique_ptr<Session> session;
    bool placeGiven = false;  ///< a session that replaces it has taken its place
  };

  Answered<void> begin(const Offer& offer, const Viewer& viewer, SessionObserver& observer);
  Answered<void> admit(const Offer& offer, const Viewer& viewer);
  Answered<void> checkRoom(const Offer& offer, const Viewer& viewer) const;
  bool hasRoomAt(const base::CameraId& camera) const;
  std::optional<EndReason> judge(const Session& session) const;
  void replace(const SessionId& id, const Grant& grant);
  Session* find(const SessionId& id, const Grant& grant);
  /// The same of who may still view its camera. `whatElse`: what happens where there is none.
  Answered<Session*> findViewed(const SessionId& id, const Grant& grant, const char* whatElse);
  void endSession(Session& session, EndReason reason, const std::string& detail);
  void remove(const Session* session);

  void onSessionEnding(Session& session, EndReason reason, const std::string& detail) override;
  void onSessionDataChannel(Session& session, const std::string& label, std::shared_ptr<Channel> channel) override;
  void onSessionShown(Session& session) override { shown_.tell(session); }

  PeerFactory& peers_;
  const Catalogue& catalogue_;
  Access& access_;
  const base::Clock& clock_;
  Limits limits_;
  DataChannelHandler dataChannelHandler_;
  EndedHandler endedHandler_;
  SwitchedHandler switchedHandler_;
  Listeners<Session> shown_;
  std::optional<std::string> shut_;
  Talk talk_;
  std::map<SessionId, Entry> sessions_;
  std::map<base::CameraId, telemetry::Count> admitted_;
  std::map<RefusalCode, telemetry::Count> refusals_;
  /// Outlived by closing peers' callbacks, which check it.
  std::shared_ptr<Registry*> self_;
};

}  // namespace fanlight::session
