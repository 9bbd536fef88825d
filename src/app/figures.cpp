// SPDX-License-Identifier: Apache-2.0
// Joins what media, webrtc and session each know.
#include "app/figures.h"

#include <array>
#include <set>

#include <fmt/format.h>

#include "signaling/codec.h"
#include "signaling/names.h"

namespace fanlight::app {
namespace {

using telemetry::Count;

constexpr std::size_t kShortNameLength = 8;

// In the words that pages have for them.
constexpr std::array<std::string_view, 4> kCameraStates{"idle", "starting", "live", "away"};
constexpr std::array<std::string_view, 2> kViewerStates{"connecting", "live"};

/// Those that an offer is refused with.
constexpr std::array kRefusals{session::RefusalCode::BadOffer,      session::RefusalCode::UnsupportedOffer,
                               session::RefusalCode::UnknownCamera, session::RefusalCode::SessionExists,
                               session::RefusalCode::Busy,          session::RefusalCode::Expired,
                               session::RefusalCode::Revoked,       session::RefusalCode::Forbidden,
                               session::RefusalCode::Internal};

/// Every one, so that a first end is seen as one more and not as a beginning.
telemetry::Counts noEndsYet() {
  telemetry::Counts counts;
  for (int reason = 0; reason <= static_cast<int>(session::EndReason::Internal); ++reason)
    counts.emplace(signaling::toText(static_cast<session::EndReason>(reason)), 0);
  return counts;
}

telemetry::Counts toCounts(const std::map<session::RefusalCode, Count>& refusals) {
  telemetry::Counts counts;
  for (const session::RefusalCode code : kRefusals)
    counts.emplace(signaling::toText(signaling::toErrorCode(code)), 0);
  for (const auto& [code, count] : refusals)
    counts[std::string(signaling::toText(signaling::toErrorCode(code)))] += count;
  return counts;
}

/// Viewers choose their ids: two may begin alike, and figures of one name would be nobody's.
std::string uniqueName(const std::string& name, std::set<std::string>& taken) {
  std::string unique = name;
  for (int number = 2; !taken.insert(unique).second; ++number)
    unique = fmt::format("{}-{}", name, number);
  return unique;
}

}  // namespace

std::string shortName(const session::SessionId& id) {
  return id.value().substr(0, kShortNameLength);
}

Figures::Figures(const Cameras& cameras, const session::Catalogue& catalogue, const session::Registry& registry,
                 const base::Clock& clock, std::function<void(telemetry::DeviceFigures&)> addMore)
    : cameras_(cameras),
      catalogue_(catalogue),
      registry_(registry),
      clock_(clock),
      addMore_(std::move(addMore)),
      ends_(noEndsYet()) {}

void Figures::noteEnd(const session::Session& session, session::EndReason reason) {
  ++ends_[std::string(signaling::toText(reason))];
  sentToThoseWhoLeft_[session.camera()] += ofPresentCamera(session.id(), session.figures().sent);
  sentBeforeSwitch_.erase(session.id());
}

void Figures::noteSwitch(const session::Session& session, const base::CameraId& from) {
  const telemetry::DeliveryFigures sent = session.figures().sent;
  sentToThoseWhoLeft_[from] += ofPresentCamera(session.id(), sent);
  sentBeforeSwitch_[session.id()] = sent;
}

telemetry::DeliveryFigures Figures::ofPresentCamera(const session::SessionId& id,
                                                    const telemetry::DeliveryFigures& sent) const {
  const auto before = sentBeforeSwitch_.find(id);
  return before == sentBeforeSwitch_.end() ? sent : sent.since(before->second);
}

telemetry::DeviceFigures Figures::figures() const {
  telemetry::DeviceFigures device;
  device.version = FANLIGHT_VERSION;
  device.process = process_.read();
  device.ends = ends_;
  device.refusals = toCounts(registry_.refusals());
  const std::vector<session::ViewerInfo> present = registry_.viewers();
  device.viewers = describe(present);
  for (const auto& camera : cameras_.all()) {
    device.cameras.push_back(figuresOf(*camera));
    for (const session::ViewerInfo& viewer : present)
      if (viewer.camera == camera->settings().id)
        device.cameras.back().sent += ofPresentCamera(viewer.session, viewer.figures.sent);
  }
  addMore_(device);
  return device;
}

telemetry::CameraFigures Figures::figuresOf(const media::Camera& camera) const {
  telemetry::CameraFigures figures;
  figures.id = camera.settings().id;
  if (const session::CameraInfo* info = catalogue_.find(figures.id)) {
    figures.state = {kCameraStates, signaling::toText(info->state)};
    figures.resolution = info->resolution;
    figures.frameRate = info->frameRate;
    if (info->encoder) {
      figures.encoder = info->encoder->name;
      figures.encoderKind = signaling::toText(info->encoder->kind);
      if (info->encoder->corePercent)
        figures.encoderCores = *info->encoder->corePercent / 100.0;
    }
  }
  figures.encode = camera.encodeFigures();
  if (const auto last = camera.lastFrameOfAll())
    figures.sinceLastFrame = clock_.now() - *last;
  figures.starts = camera.starts();
  figures.restarts = {{"encoder", camera.encoderRestarts()}, {"pipeline", camera.restarts()}};
  figures.isFrozen = camera.isFrozen();
  figures.paceRatio = camera.paceRatio();
  figures.sessions = registry_.admitted(figures.id);
  if (const auto left = sentToThoseWhoLeft_.find(figures.id); left != sentToThoseWhoLeft_.end())
    figures.sent = left->second;
  return figures;
}

std::vector<telemetry::ViewerFigures> Figures::describe(const std::vector<session::ViewerInfo>& present) {
  std::vector<telemetry::ViewerFigures> viewers;
  std::set<std::string> taken;
  for (const session::ViewerInfo& viewer : present)
    viewers.push_back({uniqueName(shortName(viewer.session), taken),
                       viewer.camera,
                       {kViewerStates, signaling::toText(viewer.state)},
                       viewer.age,
                       viewer.figures});
  return viewers;
}

}  // namespace fanlight::app
