// SPDX-License-Identifier: Apache-2.0
// Settings to cameras, cameras to the catalogue.
#include "app/cameras.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/camera_state.h"
#include "base/log.h"
#include "config/declarations.h"

namespace fanlight::app {
namespace {

/// A new process comes to a device with none of what this one and its libraries know of it; pipelines were tried by
/// then.
constexpr base::Duration kSilencePatience = std::chrono::minutes(2);

// From a device's node until udev has named it and said who may open it.
constexpr std::chrono::milliseconds kSettling{300};

std::optional<session::AwayCause> toCause(const std::optional<base::Error>& trouble) {
  if (!trouble)
    return std::nullopt;
  switch (trouble->code) {
    case base::ErrorCode::NotFound:
      return session::AwayCause::Missing;
    case base::ErrorCode::Busy:
      return session::AwayCause::Busy;
    case base::ErrorCode::InvalidArgument:
    case base::ErrorCode::Unsupported:
      return session::AwayCause::Settings;
    case base::ErrorCode::Timeout:
      return session::AwayCause::Silent;
    case base::ErrorCode::Unavailable:
    case base::ErrorCode::Internal:
      break;
  }
  return std::nullopt;
}

std::optional<session::EncoderInfo> describe(const std::optional<media::EncoderUse>& encoder) {
  if (!encoder)
    return std::nullopt;
  if (!encoder->kind)
    return session::EncoderInfo{session::EncoderKind::PassedThrough, {}, {}};
  const auto kind = encoder->kind->isSoftware ? session::EncoderKind::Software : session::EncoderKind::Hardware;
  return session::EncoderInfo{kind, std::string(encoder->kind->name), encoder->corePercent};
}

session::CameraInfo describe(const media::Camera& camera, const std::optional<session::SlowedBy>& slowedBy,
                             std::optional<session::AudioInfo> audio) {
  return {camera.settings().id,
          camera.settings().name,
          camera.mode().resolution,
          camera.mode().frameRate,
          toCameraState(camera.state()),
          camera.reason(),
          describe(camera.encoder()),
          toCause(camera.trouble()),
          camera.isSlowed() ? slowedBy : std::nullopt,
          camera.isFrozen(),
          std::move(audio)};
}

std::vector<media::RenditionSettings> renditionsOf(const config::Camera& settings) {
  return {{settings.bitrate, settings.keyframeInterval, settings.encoder}};
}

config::Camera testPicture() {
  config::Camera settings;
  settings.id = base::CameraId("test-picture");
  settings.name = "Test picture";
  settings.source = config::SourceKind::Test;
  return settings;
}

}  // namespace

Cameras::Cameras(const media::CameraServices& services, session::Catalogue& catalogue, const std::string& devices)
    : services_(services), catalogue_(catalogue) {
  auto plugged = glib::FolderWatch::start(services_.context, devices, lifetime_.bind([this] { onPlugged(); }));
  if (plugged)
    plugged_ = std::move(*plugged);
  else
    base::logWarning("camera", "{}; a camera that is plugged in is noticed some seconds later",
                     plugged.error().message);
}

void Cameras::onPlugged() {
  for (const auto& camera : cameras_)
    camera->onPlugged();
  if (again_.isActive())
    lookAfter(kSettling);
}

void Cameras::apply(const config::Camera& settings, bool needsNewPicture) {
  media::Camera* camera = find(settings.id);
  if (!camera)
    return;
  if (needsNewPicture)
    return camera->apply(settings, renditionsOf(settings));
  camera->setBitrate(settings.bitrate);
  camera->setName(settings.name);
}

void Cameras::add(const config::Camera& settings) {
  cameras_.push_back(std::make_unique<media::Camera>(settings, renditionsOf(settings), services_,
                                                     [this](const media::Camera& camera) { publish(camera); }));
  cameras_.back()->setPace(pace_);
  publish(*cameras_.back());
}

void Cameras::setPace(const media::Pace& pace, std::optional<session::SlowedBy> cause) {
  pace_ = pace;
  slowedBy_ = cause;
  for (const auto& camera : cameras_) {
    camera->setPace(pace);
    publish(*camera);
  }
}

void Cameras::publish(const media::Camera& camera) {
  catalogue_.put(describe(camera, slowedBy_, audioOf_ ? audioOf_(camera.settings()) : std::nullopt));
}

void Cameras::publishAll() {
  for (const auto& camera : cameras_)
    publish(*camera);
}

media::Camera* Cameras::find(const base::CameraId& id) const {
  const auto camera = std::ranges::find_if(cameras_, [&id](const auto& one) { return one->settings().id == id; });
  return camera == cameras_.end() ? nullptr : camera->get();
}

void Cameras::discover(WhenNoneFound whenNoneFound, Discovery discovery) {
  whenNoneFound_ = whenNoneFound;
  discovery_ = std::move(discovery);
  looker_ = std::make_unique<gst::Worker>("look");
  look();
}

void Cameras::look() {
  auto onLooked = lifetime_.bind([this](const std::optional<Looked>& looked) {
    if (looked)
      afterLook(*looked);
    lookAfter(discovery_.every);
  });
  looker_->run([context = services_.context, discovery = discovery_, onLooked] {
    context.post([onLooked, looked = lookOnce(discovery)]() mutable { onLooked(looked); });
  });
}

void Cameras::lookAfter(std::chrono::milliseconds pause) {
  again_ = glib::EventSource::timer(services_.context, pause, [this] {
    look();
    return glib::Continue::No;
  });
}

std::optional<Cameras::Looked> Cameras::lookOnce(const Discovery& discovery) {
  const auto devices = discovery.look();
  if (!devices)
    return std::nullopt;
  // Without their caps, which are the worker's.
  Looked looked;
  for (const media::V4l2Device& device : *devices)
    if (!device.isPartOfCamera)
      looked.found.push_back({device.id, device.path, device.name, config::SourceKind::V4l2});
  if (!media::hasCameraForLibcamera(*devices))
    return looked;
  const auto cameras = discovery.listLibcamera();
  if (!cameras) {
    looked.lacking = cameras.error().message;
    return looked;
  }
  for (const media::LibcameraDevice& camera : *cameras)
    if (!camera.isUsbCamera)
      looked.found.push_back(
          {camera.id, "by libcamera", media::nameOfLibcamera(camera.id), config::SourceKind::Libcamera});
  return looked;
}

void Cameras::afterLook(const Looked& looked) {
  for (const Found& device : looked.found)
    if (!isServed(device))
      serve(device);
  if (!looked.lacking.empty())
    base::logWarning("camera", "there is a camera here that needs libcamera: {}", looked.lacking);
  if (cameras_.empty())
    standIn();
}

void Cameras::serve(const Found& device) {
  config::Camera settings;
  settings.id = freeId(device.name);
  settings.name = device.name;
  settings.source = device.source;
  settings.foundAs = device.id;
  base::logInfo("camera", "found {} ({}); it is served as '{}'", device.where, device.id, settings.id.value());
  add(settings);
}

void Cameras::standIn() {
  if (whenNoneFound_ == WhenNoneFound::ServeNothing)
    return base::logWarning("camera", "no camera found; one that is plugged in is served from then on");
  base::logInfo("camera", "no camera found: a test picture is served instead");
  add(testPicture());
}

bool Cameras::isServed(const Found& device) const {
  return std::ranges::any_of(cameras_,
                             [&device](const auto& camera) { return camera->settings().foundAs == device.id; });
}

std::vector<service::Fault> Cameras::faults() const {
  std::vector<service::Fault> faults;
  for (const auto& camera : cameras_) {
    const auto cause = toCause(camera->trouble());
    // Of the other causes none is mended by starting anything.
    if (const auto lasting = camera->awayFor(); lasting && (!cause || cause == session::AwayCause::Silent))
      // As its worker is called: that it hangs and that it gives nothing is one fault, seen from two sides.
      faults.push_back({camera->worker().name(),
                        fmt::format("camera '{}' gives no pictures, whatever was tried ({})",
                                    camera->settings().id.value(), camera->reason()),
                        *lasting, kSilencePatience});
  }
  return faults;
}

std::optional<std::string> Cameras::neglected() const {
  const auto camera = std::ranges::find_if(cameras_, [](const auto& one) { return one->isNeglected(); });
  if (camera == cameras_.end())
    return std::nullopt;
  return fmt::format("camera '{}' is wanted and not looked after", (*camera)->settings().id.value());
}

void Cameras::close() {
  const auto untilClosed = [this](const std::string& what) {
    unclosed_.insert(what);
    return lifetime_.bind([this, what] { unclosed_.erase(what); });
  };
  for (const auto& camera : cameras_)
    camera->close(untilClosed(fmt::format("camera '{}'", camera->settings().id.value())));
  again_.stop();
  if (looker_)
    looker_->run(
        [context = services_.context, closed = untilClosed("the search for cameras")] { context.post(closed); });
}

base::CameraId Cameras::freeId(const std::string& name) const {
  const std::string stem = base::toNameId(name).empty() ? "camera" : base::toNameId(name);
  const auto isTaken = [this](const base::CameraId& id) {
    return find(id) || std::ranges::count(config::kReservedCameraIds, id.value()) > 0;
  };
  base::CameraId id(stem);
  for (int number = 2; isTaken(id); ++number) {
    const std::string suffix = fmt::format("-{}", number);
    id = base::CameraId(stem.substr(0, base::kMaxNameIdLength - suffix.size()) + suffix);
  }
  return id;
}

}  // namespace fanlight::app
