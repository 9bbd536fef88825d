// SPDX-License-Identifier: Apache-2.0
// Admission and the end of sessions.
#include "session/registry.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace fanlight::session {
namespace {

// Sessions beyond the limit of viewers that have given their place away and are not quite gone.
constexpr int kMaxLeaving = 16;

constexpr const char* kThisCamera = "this camera";

tl::unexpected<Refusal> busy(int limit, const char* where) {
  return refuse(RefusalCode::Busy, "no room for another viewer: " + std::to_string(limit) + " watch " + where +
                                       " already; try again when one has left");
}

tl::unexpected<Refusal> unknownCamera(const base::CameraId& camera) {
  return refuse(RefusalCode::UnknownCamera, "no camera '" + camera.value() + "': see the list of cameras");
}

}  // namespace

Registry::Registry(PeerFactory& peers, const Catalogue& catalogue, Access& access, const base::Clock& clock,
                   Limits limits)
    : peers_(peers),
      catalogue_(catalogue),
      access_(access),
      clock_(clock),
      limits_(limits),
      talk_(clock),
      self_(std::make_shared<Registry*>(this)) {}

Registry::~Registry() {
  endAll(EndReason::Shutdown);
}

Answered<void> Registry::open(const Offer& offer, const Viewer& viewer, SessionObserver& observer) {
  auto begun = begin(offer, viewer, observer);
  if (!begun)
    ++refusals_[begun.error().code];
  return begun;
}

Answered<void> Registry::begin(const Offer& offer, const Viewer& viewer, SessionObserver& observer) {
  if (const auto admitted = admit(offer, viewer); !admitted)
    return admitted;
  ++admitted_[offer.camera];
  Session::Owner& owner = *this;
  auto session = std::make_unique<Session>(
      Session::Identity{offer.session, offer.camera, viewer.source, viewer.grant, viewer.arrival}, owner, clock_,
      limits_.times);
  session->setObserver(&observer);
  Session& opened = *session;
  sessions_[offer.session] = Entry{std::move(session)};
  const bool mayTalk = access_.check(viewer.grant, Right::Talk, &offer.camera).has_value();
  const auto begun = opened.begin(peers_, offer.sdp, mayTalk);
  if (!begun) {
    // The refusal is the answer: the observer hears of no end.
    opened.setObserver(nullptr);
    endSession(opened, EndReason::NegotiationFailed, begun.error().message);
    return begun;
  }
  // Who can be given pictures alone is served as well.
  if (offer.listens) [[maybe_unused]]
    const auto listening = opened.listen(true);
  if (offer.replaces && *offer.replaces != offer.session)
    replace(*offer.replaces, viewer.grant);
  return {};
}

void Registry::replace(const SessionId& id, const Grant& grant) {
  const auto entry = sessions_.find(id);
  if (entry == sessions_.end() || entry->second.session->grant().id != grant.id)
    return;
  entry->second.placeGiven = true;
  endSession(*entry->second.session, EndReason::Replaced, "");
}

Answered<void> Registry::admit(const Offer& offer, const Viewer& viewer) {
  // First, so that whoever may not see a camera does not learn whether it exists.
  if (const auto allowed = access_.check(viewer.grant, Right::View, &offer.camera); !allowed)
    return allowed;
  if (!catalogue_.find(offer.camera))
    return unknownCamera(offer.camera);
  if (sessions_.contains(offer.session))
    return refuse(RefusalCode::SessionExists,
                  "session '" + offer.session.value() + "' has had its offer: open another one to negotiate again");
  return checkRoom(offer, viewer);
}

Answered<void> Registry::checkRoom(const Offer& offer, const Viewer& viewer) const {
  int all = 0;
  int ofCamera = 0;
  int ofSource = 0;
  bool replaces = false;
  for (const auto& [id, entry] : sessions_) {
    const bool leavesItsPlace = offer.replaces == id && entry.session->grant().id == viewer.grant.id;
    replaces |= leavesItsPlace;
    if (entry.placeGiven || leavesItsPlace)
      continue;
    ++all;
    ofCamera += entry.session->camera() == offer.camera ? 1 : 0;
    ofSource += entry.session->source() == viewer.source ? 1 : 0;
  }
  if (shut_ && !replaces)
    return refuse(RefusalCode::Busy, "no room for another viewer: " + *shut_ + "; try again in a minute");
  // Replacing faster than teardown is must not pile up peers.
  if (all >= limits_.viewers || occupied() >= limits_.viewers + kMaxLeaving)
    return busy(limits_.viewers, "this device");
  if (ofCamera >= limits_.viewersPerCamera)
    return busy(limits_.viewersPerCamera, kThisCamera);
  if (ofSource >= limits_.viewersPerSource)
    return busy(limits_.viewersPerSource, "from your address");
  return {};
}

bool Registry::hasRoomAt(const base::CameraId& camera) const {
  const auto isThere = [&camera](const auto& one) {
    return !one.second.placeGiven && one.second.session->camera() == camera;
  };
  return std::ranges::count_if(sessions_, isThere) < limits_.viewersPerCamera;
}

Session* Registry::find(const SessionId& id, const Grant& grant) {
  const auto entry = sessions_.find(id);
  if (entry == sessions_.end() || entry->second.session->grant().id != grant.id)
    return nullptr;
  return entry->second.session.get();
}

Answered<Session*> Registry::findViewed(const SessionId& id, const Grant& grant, const char* whatElse) {
  Session* session = find(id, grant);
  if (!session)
    return refuse(RefusalCode::UnknownSession, "no session '" + id.value() + "': " + whatElse);
  return access_.check(session->grant(), Right::View, &session->camera()).map([session] { return session; });
}

Answered<void> Registry::listen(const SessionId& id, const Grant& grant, bool isWanted) {
  return findViewed(id, grant, "nothing is heard of it").and_then([isWanted](Session* session) {
    return session->listen(isWanted);
  });
}

Answered<std::optional<Turn>> Registry::talk(const SessionId& id, const Grant& grant, bool isWanted) {
  const auto session = findViewed(id, grant, "nobody hears it");
  if (!session)
    return tl::unexpected(session.error());
  if (!isWanted) {
    talk_.release(**session);
    return std::nullopt;
  }
  const base::CameraId& cameraId = (*session)->camera();
  if (const auto allowed = access_.check(grant, Right::Talk, &cameraId); !allowed)
    return tl::unexpected(allowed.error());
  const CameraInfo* camera = catalogue_.find(cameraId);
  if (!camera || !camera->audio || !camera->audio->speaker)
    return refuse(RefusalCode::BadCommand, "camera '" + cameraId.value() + "' has no speaker: nobody would hear it");
  return talk_.request(**session, camera->audio->id);
}

Answered<void> Registry::switchTo(const SessionId& id, const Grant& grant, const base::CameraId& camera) {
  Session* session = find(id, grant);
  if (!session)
    return refuse(RefusalCode::UnknownSession, "no session '" + id.value() + "': nothing else is shown in it");
  // First, so that whoever may not see a camera does not learn whether it exists.
  if (const auto allowed = access_.check(grant, Right::View, &camera); !allowed)
    return allowed;
  const CameraInfo* other = catalogue_.find(camera);
  if (!other)
    return unknownCamera(camera);
  const base::CameraId from = session->camera();
  if (from == camera)
    return {};
  if (!hasRoomAt(camera))
    return busy(limits_.viewersPerCamera, kThisCamera);
  const bool mayTalk = access_.check(grant, Right::Talk, &camera).has_value();
  // A copy, since a camera that begins is told of.
  const auto speaker = mayTalk && other->audio ? std::optional(other->audio->id) : std::nullopt;
  if (const auto shown = session->show(camera, mayTalk); !shown)
    return shown;
  ++admitted_[camera];
  if (switchedHandler_)
    switchedHandler_(*session, from);
  talk_.releaseBut(*session, speaker ? &*speaker : nullptr);
  return {};
}

Answered<void> Registry::addCandidate(const SessionId& id, const Grant& grant, const IceCandidate& candidate) {
  return findViewed(id, grant, "its candidate is ignored").and_then([&candidate](Session* session) {
    return session->addCandidate(candidate);
  });
}

Answered<void> Registry::bye(const SessionId& id, const Grant& grant) {
  Session* session = find(id, grant);
  if (!session)
    return refuse(RefusalCode::UnknownSession, "no session '" + id.value() + "': it has ended");
  endSession(*session, EndReason::Left, "");
  return {};
}

void Registry::forget(const SessionObserver& observer) {
  for (auto& [id, entry] : sessions_)
    if (entry.session->observer() == &observer)
      entry.session->setObserver(nullptr);
}

Answered<void> Registry::end(const SessionId& id) {
  const auto entry = sessions_.find(id);
  if (entry == sessions_.end())
    return refuse(RefusalCode::UnknownSession, "no session '" + id.value() + "': it has ended");
  endSession(*entry->second.session, EndReason::Ended, "");
  return {};
}

void Registry::endAll(EndReason reason) {
  std::vector<Session*> ending;
  for (auto& [id, entry] : sessions_)
    ending.push_back(entry.session.get());
  for (Session* session : ending)
    endSession(*session, reason, "");
}

void Registry::tick() {
  std::vector<std::pair<Session*, EndReason>> over;
  for (auto& [id, entry] : sessions_)
    if (const auto reason = judge(*entry.session))
      over.emplace_back(entry.session.get(), *reason);
  for (const auto& [session, reason] : over)
    endSession(*session, reason, "");
}

std::optional<EndReason> Registry::judge(const Session& session) const {
  if (const auto stands = access_.stands(session.grant()); !stands)
    return stands.error().code == RefusalCode::Expired ? EndReason::Expired : EndReason::Revoked;
  return session.judge();
}

bool Registry::isWatched(const base::CameraId* camera) const {
  return std::ranges::any_of(sessions_, [camera](const auto& one) {
    const Session& session = *one.second.session;
    return session.state() != SessionState::Closing && (!camera || session.camera() == *camera);
  });
}

std::vector<ViewerInfo> Registry::viewers() const {
  std::vector<ViewerInfo> viewers;
  for (const auto& [id, entry] : sessions_) {
    const Session& session = *entry.session;
    if (session.state() != SessionState::Closing)
      viewers.push_back({id, session.camera(), session.grant().id, session.grant().name, session.source(),
                         session.state(), session.age(), session.figures()});
  }
  std::ranges::stable_sort(viewers, std::ranges::greater(), &ViewerInfo::age);
  return viewers;
}

telemetry::Count Registry::admitted(const base::CameraId& camera) const {
  const auto known = admitted_.find(camera);
  return known == admitted_.end() ? 0 : known->second;
}

int Registry::active() const {
  return static_cast<int>(std::ranges::count_if(
      sessions_, [](const auto& entry) { return entry.second.session->state() != SessionState::Closing; }));
}

void Registry::endSession(Session& session, EndReason reason, const std::string& detail) {
  if (session.state() == SessionState::Closing)
    return;
  if (endedHandler_)
    endedHandler_(session, reason, detail);
  talk_.release(session);
  session.end(reason, [self = std::weak_ptr<Registry*>(self_), gone = &session] {
    if (const auto registry = self.lock())
      (*registry)->remove(gone);
  });
}

void Registry::remove(const Session* session) {
  std::erase_if(sessions_, [session](const auto& entry) { return entry.second.session.get() == session; });
}

void Registry::onSessionEnding(Session& session, EndReason reason, const std::string& detail) {
  endSession(session, reason, detail);
}

void Registry::onSessionDataChannel(Session& session, const std::string& label, std::shared_ptr<Channel> channel) {
  if (dataChannelHandler_)
    dataChannelHandler_(session, label, std::move(channel));
}

}  // namespace fanlight::session
