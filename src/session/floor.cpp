// SPDX-License-Identifier: Apache-2.0
// The order of turns.
#include "session/floor.h"

#include <algorithm>

namespace fanlight::session {

Floor::Changes Floor::request(const SessionId& session, bool isOwner, base::TimePoint now) {
  Changes changes;
  const auto known = std::ranges::find(entries_, session, &Entry::session);
  if (known != entries_.end())
    return changes;
  const auto isBefore = [isOwner](const Entry& entry) { return entry.granted || entry.isOwner || !isOwner; };
  const auto place = std::ranges::find_if_not(entries_, isBefore);
  entries_.insert(place, {session, isOwner, std::nullopt, std::nullopt});
  if (isOwner)
    makeRoomForOwner(changes);
  settle(now, changes);
  return changes;
}

// The last of them has talked for the shortest time.
void Floor::makeRoomForOwner(Changes& changes) {
  if (std::ssize(talkers()) < rules_.talkers)
    return;
  const auto isRemovable = [](const Entry& entry) { return entry.granted && !entry.isOwner; };
  const auto last = std::find_if(entries_.rbegin(), entries_.rend(), isRemovable);
  if (last == entries_.rend())
    return;
  changes.push_back({last->session, TurnEnd::Preempted, {}});
  entries_.erase(std::next(last).base());
}

Floor::Changes Floor::release(const SessionId& session, base::TimePoint now) {
  Changes changes;
  if (std::erase_if(entries_, [&session](const Entry& entry) { return entry.session == session; }) == 0)
    return changes;
  changes.push_back({session, TurnEnd::Released, {}});
  settle(now, changes);
  return changes;
}

Floor::Changes Floor::review(base::TimePoint now, const LastVoice& lastVoice) {
  Changes changes;
  for (const Entry& entry : entries_)
    if (const auto end = judge(entry, now, lastVoice))
      changes.push_back({entry.session, end, {}});
  std::erase_if(entries_, [&changes](const Entry& entry) {
    return std::ranges::find(changes, entry.session, &Change::session) != changes.end();
  });
  settle(now, changes);
  return changes;
}

std::optional<TurnEnd> Floor::judge(const Entry& entry, base::TimePoint now, const LastVoice& lastVoice) const {
  if (!entry.granted)
    return std::nullopt;
  if (now - *entry.granted > rules_.limit)
    return TurnEnd::Limit;
  const auto heard = lastVoice(entry.session);
  const bool hasBegun = heard && *heard >= *entry.granted;
  const base::Duration patience = isWaitedFor() ? rules_.silence : rules_.silenceAlone;
  const bool isSilent = hasBegun ? now - *heard > patience : now - *entry.granted > rules_.firstPacket;
  return isSilent ? std::optional(TurnEnd::Silent) : std::nullopt;
}

void Floor::settle(base::TimePoint now, Changes& changes) {
  for (int i = 0; Entry & entry : entries_) {
    if (++i <= rules_.talkers && !entry.granted)
      entry.granted = now;
    const Turn turn{entry.granted ? 0 : i - rules_.talkers};
    if (entry.told != turn)
      changes.push_back({entry.session, std::nullopt, turn});
    entry.told = turn;
  }
}

std::optional<Turn> Floor::turnOf(const SessionId& session) const {
  const auto entry = std::ranges::find(entries_, session, &Entry::session);
  return entry == entries_.end() ? std::nullopt : entry->told;
}

std::vector<SessionId> Floor::talkers() const {
  std::vector<SessionId> talkers;
  for (const Entry& entry : entries_)
    if (entry.granted)
      talkers.push_back(entry.session);
  return talkers;
}

}  // namespace fanlight::session
