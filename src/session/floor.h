// SPDX-License-Identifier: Apache-2.0
// Who may talk by one speaker, and in which order those wait who want to (the floor of RFC 4582). Pure: it decides,
// Talk does. Main thread.
//
//   request ──▶ Pending ──a place is free──▶ Granted ──┬─ release, or the session ends
//                  └── release, or the session ends     ├─ its time is over
//                                                       ├─ nothing has come from it for a second, or for five
//                                                       │  where nobody waits
//                                                       └─ an owner wants to talk
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "session/peer.h"

namespace fanlight::session {

/// As many as may talk at once where all may.
inline constexpr int kMaxTalkers = 4;

struct FloorRules {
  int talkers = 1;  ///< at the same time
  base::Duration limit = std::chrono::minutes(5);
  /// Looked at several times a second, so that who has vanished makes those who wait do so for less than a second.
  base::Duration silence = std::chrono::milliseconds(700);
  /// Where nobody waits: a network that falters takes nobody's turn away.
  base::Duration silenceAlone = std::chrono::seconds(5);
  base::Duration firstPacket = std::chrono::seconds(3);  ///< a browser's microphone takes a while to start
};

/// Somebody's place: who is 0 before it may talk.
struct Turn {
  int position = 0;
  bool isGranted() const { return position == 0; }
  bool operator==(const Turn&) const = default;
};

enum class TurnEnd {
  Released,
  Limit,      ///< it has had the time that there is for one turn
  Silent,     ///< nothing came from it
  Preempted,  ///< an owner talks
};

class Floor {
 public:
  explicit Floor(const FloorRules& rules) : rules_(rules) {}

  /// What has become of somebody's turn; none: it is over, by what it did itself.
  struct Change {
    SessionId session;
    std::optional<TurnEnd> end;  ///< none: `turn` is what it has now
    Turn turn;
    bool operator==(const Change&) const = default;
  };
  using Changes = std::vector<Change>;
  using LastVoice = std::function<std::optional<base::TimePoint>(const SessionId&)>;

  /// Asks for a turn; who has one keeps it. An owner comes before all who are none. Changes are those of all, also of
  /// who asks.
  Changes request(const SessionId& session, bool isOwner, base::TimePoint now);
  Changes release(const SessionId& session, base::TimePoint now);
  /// `lastVoice`: when something last came from a session that may talk. Asked several times a second while it is used.
  Changes review(base::TimePoint now, const LastVoice& lastVoice);

  std::optional<Turn> turnOf(const SessionId& session) const;
  /// Those who may talk, in the order in which they came to it.
  std::vector<SessionId> talkers() const;
  bool isUsed() const { return !entries_.empty(); }

 private:
  struct Entry {
    SessionId session;
    bool isOwner = false;
    std::optional<base::TimePoint> granted;
    std::optional<Turn> told;
  };

  void makeRoomForOwner(Changes& changes);
  std::optional<TurnEnd> judge(const Entry& entry, base::TimePoint now, const LastVoice& lastVoice) const;
  bool isWaitedFor() const { return !entries_.empty() && !entries_.back().granted; }
  /// Grants what can be granted, and tells who has moved.
  void settle(base::TimePoint now, Changes& changes);

  const FloorRules rules_;
  std::vector<Entry> entries_;  ///< those who may talk, then those who wait
};

}  // namespace fanlight::session
