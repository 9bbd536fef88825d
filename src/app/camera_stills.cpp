// SPDX-License-Identifier: Apache-2.0
// A demand, the next picture, a file.
#include "app/camera_stills.h"

#include <utility>

#include <fmt/format.h>

#include "media/jpeg.h"

namespace fanlight::app {
namespace {

/// A still is given to everybody who asks within this.
constexpr base::Duration kFresh = std::chrono::seconds(1);
/// A camera's first start, and its exposure.
constexpr std::chrono::seconds kLongest{15};

tl::unexpected<base::Error> noCamera(const base::CameraId& camera) {
  return base::fail(base::ErrorCode::NotFound, fmt::format("no such camera: '{}'", camera.value()));
}

tl::unexpected<base::Error> noFile() {
  return base::fail(base::ErrorCode::Unavailable, "no picture can be made a JPEG file: one before has not ended");
}

}  // namespace

CameraStills::CameraStills(const glib::MainContext& context, const base::Clock& clock, const Cameras& cameras,
                           session::Catalogue& catalogue)
    : context_(context),
      clock_(clock),
      cameras_(cameras),
      cameraChanges_(catalogue.subscribe([this](const session::CameraInfo& camera) { onCamera(camera); })) {}

void CameraStills::take(const base::CameraId& id, Taken taken) {
  media::Camera* camera = cameras_.find(id);
  if (!camera)
    return taken(noCamera(id));
  Shot& shot = shots_[id];
  if (shot.newest && clock_.now() - shot.newest->taken < kFresh)
    return taken(*shot.newest);
  if (camera->state() == media::Camera::State::Away)
    return taken(base::fail(base::ErrorCode::Unavailable, "the camera is away: " + camera->reason()));
  // Without waking the camera for it.
  if (worker_.isStuck())
    return taken(noFile());
  shot.waiting.push_back(std::move(taken));
  if (!shot.attempt)
    begin(*camera, shot);
}

void CameraStills::begin(media::Camera& camera, Shot& shot) {
  // It may tell at once that the camera is away, and then nobody waits for it any more.
  media::Camera::Demand demand = camera.demand();
  if (shot.waiting.empty())
    return;
  shot.attempt = std::make_unique<Attempt>();
  shot.attempt->demand = std::move(demand);
  shot.attempt->limit = glib::EventSource::timer(context_, kLongest, [this, id = camera.settings().id] {
    finish(id, base::fail(base::ErrorCode::Timeout, "the camera gave no picture in time"));
    return glib::Continue::No;
  });
  request(camera, *shot.attempt);
}

void CameraStills::request(media::Camera& camera, Attempt& attempt) {
  auto onStill = attempt.lifetime.bind(
      [this, id = camera.settings().id](const base::Result<session::Still>& still) { finish(id, still); });
  auto onPicture = attempt.lifetime.bind([this, onStill](const media::StillFrames::Picture& picture,
                                                         base::TimePoint taken) { develop(picture, taken, onStill); });
  attempt.picture = camera.stillFrames()->takeNext(
      [context = context_, onPicture, &clock = clock_](const media::StillFrames::Picture& picture) {
        context.post([onPicture, taken = clock.now(),
                      held = std::make_shared<media::StillFrames::Picture>(picture.clone())]() mutable {
          onPicture(*held, taken);
        });
      });
}

void CameraStills::develop(const media::StillFrames::Picture& picture, base::TimePoint taken, Taken done) {
  // No other picture is given to it meanwhile.
  if (worker_.isStuck())
    return done(noFile());
  auto onJpeg = lifetime_.bind([done = std::move(done)](const base::Result<session::Still>& still) { done(still); });
  worker_.run(
      [context = context_, onJpeg, taken, held = std::make_shared<media::StillFrames::Picture>(picture.clone())] {
        const auto still = media::toJpeg(held->get()).map([taken](std::string jpeg) {
          return session::Still{std::make_shared<const std::string>(std::move(jpeg)), taken};
        });
        context.post([onJpeg, still]() mutable { onJpeg(still); });
      });
}

void CameraStills::finish(const base::CameraId& camera, const base::Result<session::Still>& still) {
  Shot& shot = shots_[camera];
  if (still)
    shot.newest = *still;
  const std::unique_ptr<Attempt> ended = std::move(shot.attempt);
  for (const Taken& taken : std::exchange(shot.waiting, {}))
    taken(still);
}

void CameraStills::onCamera(const session::CameraInfo& camera) {
  const auto shot = shots_.find(camera.id);
  const bool isWaiting = shot != shots_.end() && !shot->second.waiting.empty();
  if (isWaiting && camera.state == session::CameraState::Away)
    finish(camera.id, base::fail(base::ErrorCode::Unavailable, "the camera is away: " + camera.reason));
}

void CameraStills::findLast(const base::CameraId& id, Taken taken) {
  const media::Camera* camera = cameras_.find(id);
  if (!camera)
    return taken(noCamera(id));
  const auto kept = camera->stillFrames()->last();
  if (!kept)
    return taken(session::Still{});
  if (kept->jpeg)
    return taken(session::Still{kept->jpeg, kept->taken});
  const Shot& shot = shots_[id];
  if (shot.newest && kept->taken - shot.newest->taken < kFresh)
    return taken(*shot.newest);
  develop(kept->picture, kept->taken, [this, id, taken = std::move(taken)](const base::Result<session::Still>& still) {
    // Who asks next for the same picture need not wait for another file of it.
    if (still)
      shots_[id].newest = *still;
    taken(still);
  });
}

void CameraStills::close() {
  shots_.clear();
  worker_.run([context = context_, closed = lifetime_.bind([this] { isClosed_ = true; })] { context.post(closed); });
}

}  // namespace fanlight::app
