// SPDX-License-Identifier: Apache-2.0
// Those who talk, and those who wait for it: a Floor for each speaker, joined with the sessions. Main thread. No
// timers: tick() is asked.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "session/catalogue.h"
#include "session/floor.h"
#include "session/listeners.h"
#include "session/session.h"

namespace fanlight::session {

class Talk {
 public:
  /// The names of those who talk by this speaker have changed.
  using TalkersHandler = std::function<void(const base::AudioId&)>;

  explicit Talk(const base::Clock& clock) : clock_(clock) {}

  /// Of a speaker that has not been asked for yet; what is not set has FloorRules' own.
  void setRules(const base::AudioId& audio, const FloorRules& rules) { rules_[audio] = rules; }

  /// A turn for a session that may talk by `audio`. Refused: BadCommand, where nothing that its viewer says comes here.
  Answered<Turn> request(Session& session, const base::AudioId& audio);
  /// Gives its turn back, or its place among those who wait. Nothing where it has none.
  void release(const Session& session);
  /// The same of a turn at any speaker but `stays`; nullptr: at whichever.
  void releaseBut(const Session& session, const base::AudioId* stays);
  /// Ends what has lasted too long, and the turn of who has vanished. Asked several times a second while isUsed().
  void tick();

  bool isUsed() const { return !speaking_.empty(); }
  /// The names of their grants, in the order in which they came to it.
  std::vector<std::string> talkers(const base::AudioId& audio) const;

  /// `listener` hears of every turn that changes, but for what request() returns.
  [[nodiscard]] Subscription subscribe(Listeners<Floor::Change>::Listener listener) {
    return listeners_.add(std::move(listener));
  }
  void onTalkers(TalkersHandler handler) { talkersHandler_ = std::move(handler); }

 private:
  struct Speaking {
    Session* session = nullptr;
    base::AudioId audio;
  };

  Floor& floorOf(const base::AudioId& audio);
  /// Of one with a turn or a place.
  const Session* sessionOf(const SessionId& id) const;
  void apply(const base::AudioId& audio, const Floor::Changes& changes, const SessionId* asking);

  const base::Clock& clock_;
  std::map<base::AudioId, FloorRules> rules_;
  std::map<base::AudioId, Floor> floors_;
  std::map<SessionId, Speaking> speaking_;  ///< those with a turn or a place
  Listeners<Floor::Change> listeners_;
  TalkersHandler talkersHandler_;
};

}  // namespace fanlight::session
