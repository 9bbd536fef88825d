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
#include "session/session.h"

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
};
struct Viewer {
  SourceId source;
  Grant grant;
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

  Registry(PeerFactory& peers, const Catalogue& catalogue, Access& access, const base::Clock& clock, Limits limits);
  ~Registry() override;

  /// Admits a session and begins to answer its offer. The session that it replaces leaves its place to it, also while
  /// it is being torn down, and is ended once the offer proved good. Nothing is kept of a refused one.
  Answered<void> open(const Offer& offer, const Viewer& viewer, SessionObserver& observer);
  /// Refused: UnknownSession (also one of another grant), TooManyCandidates, or as Access::check() does.
  Answered<void> addCandidate(const SessionId& id, const Grant& grant, const IceCandidate& candidate);
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
  /// Who is there, in the order in which they came; not those that are Closing.
  std::vector<ViewerInfo> viewers() const;
  /// How many sessions of a camera were let in, and how many offers of any were refused, and why. Also let in is one
  /// whose offer proved bad afterwards.
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
  std::optional<EndReason> judge(const Session& session) const;
  void replace(const SessionId& id, const Grant& grant);
  Session* find(const SessionId& id, const Grant& grant);
  void endSession(Session& session, EndReason reason, const std::string& detail);
  void remove(const Session* session);

  void onSessionEnding(Session& session, EndReason reason, const std::string& detail) override;
  void onSessionDataChannel(Session& session, const std::string& label, std::shared_ptr<Channel> channel) override;

  PeerFactory& peers_;
  const Catalogue& catalogue_;
  Access& access_;
  const base::Clock& clock_;
  Limits limits_;
  DataChannelHandler dataChannelHandler_;
  EndedHandler endedHandler_;
  std::optional<std::string> shut_;
  std::map<SessionId, Entry> sessions_;
  std::map<base::CameraId, telemetry::Count> admitted_;
  std::map<RefusalCode, telemetry::Count> refusals_;
  /// Outlived by closing peers' callbacks, which check it.
  std::shared_ptr<Registry*> self_;
};

}  // namespace fanlight::session
