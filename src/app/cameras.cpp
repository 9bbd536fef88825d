// SPDX-License-Identifier: Apache-2.0
// Settings to cameras, cameras to the catalogue.
#include "app/cameras.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/log.h"
#include "media/v4l2_devices.h"

namespace fanlight::app {
namespace {

constexpr std::chrono::seconds kLookAgainAfter{5};

session::CameraState toState(media::Camera::State state) {
  switch (state) {
    case media::Camera::State::Idle:
      return session::CameraState::Idle;
    case media::Camera::State::Starting:
      return session::CameraState::Starting;
    case media::Camera::State::Live:
      return session::CameraState::Live;
    case media::Camera::State::Away:
      return session::CameraState::Away;
  }
  return session::CameraState::Away;
}

session::CameraInfo describe(const media::Camera& camera) {
  return {camera.settings().id,    camera.settings().name,  camera.mode().resolution,
          camera.mode().frameRate, toState(camera.state()), camera.reason()};
}

config::Camera testPicture() {
  config::Camera settings;
  settings.id = base::CameraId("test-picture");
  settings.name = "Test picture";
  settings.source = config::SourceKind::Test;
  return settings;
}

}  // namespace

Cameras::Cameras(const media::CameraServices& services, session::Catalogue& catalogue)
    : services_(services), catalogue_(catalogue) {}

void Cameras::add(const config::Camera& settings) {
  const media::RenditionSettings whole{settings.bitrate, settings.keyframeInterval, settings.encoder};
  cameras_.push_back(std::make_unique<media::Camera>(settings, std::vector{whole}, services_,
                                                     [this](const media::Camera& camera) { publish(camera); }));
  publish(*cameras_.back());
}

void Cameras::publish(const media::Camera& camera) {
  catalogue_.put(describe(camera));
}

media::Camera* Cameras::find(const base::CameraId& id) const {
  const auto camera = std::ranges::find_if(cameras_, [&id](const auto& one) { return one->settings().id == id; });
  return camera == cameras_.end() ? nullptr : camera->get();
}

void Cameras::discover(WhenNoneFound whenNoneFound) {
  whenNoneFound_ = whenNoneFound;
  looker_ = std::make_unique<gst::Worker>("look");
  look();
}

void Cameras::look() {
  auto onFound = lifetime_.bind([this](const std::vector<Found>& found) { afterLook(found); });
  looker_->run([context = services_.context, onFound] {
    std::vector<Found> found;
    for (const media::V4l2Device& device : media::listV4l2Devices())
      found.push_back({device.path, device.name});
    context.post([onFound, found = std::move(found)]() mutable { onFound(found); });
  });
}

void Cameras::afterLook(const std::vector<Found>& found) {
  for (const Found& device : found) {
    config::Camera settings;
    settings.id = freeId(device.name);
    settings.name = device.name;
    settings.source = config::SourceKind::V4l2;
    settings.device = device.path;
    base::logInfo("camera", "found {} ({}); it is served as '{}'", device.path, device.name, settings.id.value());
    add(settings);
  }
  if (!cameras_.empty()) {
    looker_.reset();
    return;
  }
  if (whenNoneFound_ == WhenNoneFound::ServeTestPicture) {
    base::logInfo("camera", "no camera found: a test picture is served instead");
    looker_.reset();
    return add(testPicture());
  }
  if (!std::exchange(hasSaidNone_, true))
    base::logWarning("camera", "no camera found; looking again every {} s", kLookAgainAfter.count());
  again_ = glib::EventSource::timer(services_.context, kLookAgainAfter, [this] {
    look();
    return glib::Continue::No;
  });
}

base::CameraId Cameras::freeId(const std::string& name) const {
  const std::string stem = base::toNameId(name).empty() ? "camera" : base::toNameId(name);
  base::CameraId id(stem);
  for (int number = 2; find(id); ++number) {
    const std::string suffix = fmt::format("-{}", number);
    id = base::CameraId(stem.substr(0, base::kMaxNameIdLength - suffix.size()) + suffix);
  }
  return id;
}

}  // namespace fanlight::app
