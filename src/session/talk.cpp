// SPDX-License-Identifier: Apache-2.0
// What the floors decide, done to sessions.
#include "session/talk.h"

namespace fanlight::session {

Floor& Talk::floorOf(const base::AudioId& audio) {
  const auto rules = rules_.find(audio);
  return floors_.try_emplace(audio, rules == rules_.end() ? FloorRules{} : rules->second).first->second;
}

const Session* Talk::sessionOf(const SessionId& id) const {
  return speaking_.find(id)->second.session;
}

Answered<Turn> Talk::request(Session& session, const base::AudioId& audio) {
  if (!session.takesVoice())
    return refuse(RefusalCode::BadCommand, "this session carries no voice: its offer had no audio to send");
  Floor& floor = floorOf(audio);
  speaking_[session.id()] = {&session, audio};
  const bool isOwner = session.grant().rights.contains(Right::Admin);
  apply(audio, floor.request(session.id(), isOwner, clock_.now()), &session.id());
  const auto turn = floor.turnOf(session.id());
  if (!turn)
    return refuse(RefusalCode::Busy, "the speaker takes no further voice: try again when somebody has finished");
  return *turn;
}

void Talk::release(const Session& session) {
  const auto speaking = speaking_.find(session.id());
  if (speaking == speaking_.end())
    return;
  const base::AudioId audio = speaking->second.audio;
  apply(audio, floorOf(audio).release(session.id(), clock_.now()), nullptr);
}

void Talk::releaseBut(const Session& session, const base::AudioId* stays) {
  const auto speaking = speaking_.find(session.id());
  if (speaking != speaking_.end() && !(stays && speaking->second.audio == *stays))
    release(session);
}

void Talk::tick() {
  const auto lastVoice = [this](const SessionId& id) { return sessionOf(id)->lastVoice(); };
  for (auto& [audio, floor] : floors_)
    apply(audio, floor.review(clock_.now(), lastVoice), nullptr);
}

std::vector<std::string> Talk::talkers(const base::AudioId& audio) const {
  std::vector<std::string> names;
  const auto floor = floors_.find(audio);
  if (floor == floors_.end())
    return names;
  for (const SessionId& id : floor->second.talkers())
    names.push_back(sessionOf(id)->grant().name);
  return names;
}

void Talk::apply(const base::AudioId& audio, const Floor::Changes& changes, const SessionId* asking) {
  bool haveChanged = false;
  for (const Floor::Change& change : changes) {
    const auto speaking = speaking_.find(change.session);
    // Who was told of a change before this one may have ended the session.
    if (speaking == speaking_.end())
      continue;
    Session& session = *speaking->second.session;
    haveChanged |= change.end || change.turn.isGranted();
    if (change.end)
      speaking_.erase(speaking);
    if (change.end || change.turn.isGranted())
      session.letTalk(!change.end);
    if (!asking || change.session != *asking)
      listeners_.tell(change);
  }
  if (haveChanged && talkersHandler_)
    talkersHandler_(audio);
}

}  // namespace fanlight::session
