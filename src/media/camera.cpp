// SPDX-License-Identifier: Apache-2.0
// The supervisor decides here on the main thread, the worker does.
#include "media/camera.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/log.h"

namespace fanlight::media {
namespace {

constexpr base::Duration kMeasureEvery = std::chrono::seconds(5);
/// Smaller changes of what an encoder costs are no news. Per cent of a core.
constexpr int kLeastNews = 5;

/// Pictures that we make may be all the same; a sensor's never are, in the dark neither.
SupervisorTimes timesFor(const config::Camera& settings) {
  SupervisorTimes times;
  const bool isDevice = settings.source != config::SourceKind::Test && settings.source != config::SourceKind::File;
  if (isDevice && settings.frozenAfter > settings.frozenAfter.zero())
    times.frozen = settings.frozenAfter;
  return times;
}

CaptureMode askedFor(const config::Camera& settings) {
  return {CaptureMode::Format::Raw, settings.resolution(), settings.frameRate};
}

std::vector<Rendition> makeRenditions(std::vector<RenditionSettings> settings, const base::Clock& clock) {
  std::vector<Rendition> renditions;
  renditions.reserve(settings.size());
  for (RenditionSettings& one : settings)
    renditions.push_back({std::move(one), std::make_shared<Fanout>(clock)});
  return renditions;
}

}  // namespace

Camera::Camera(config::Camera settings, std::vector<RenditionSettings> renditions, const CameraServices& services,
               StateHandler onState)
    : settings_(std::move(settings)),
      renditions_(makeRenditions(std::move(renditions), services.clock)),
      stillFrames_(std::make_shared<StillFrames>(services.clock)),
      services_(services),
      onState_(std::move(onState)),
      mode_(askedFor(settings_)),
      keeper_(*this, "cam:" + settings_.id.value(), timesFor(settings_), services.context, services.clock) {}

void Camera::observe(Supervisor& supervisor, base::TimePoint began) {
  const auto ofThisRun = [began](const std::optional<base::TimePoint>& when) {
    return when && *when >= began ? when : std::nullopt;
  };
  if (const auto captured = ofThisRun(stillFrames_->lastCame()))
    supervisor.onCaptured(*captured);
  if (const auto changed = ofThisRun(stillFrames_->lastChanged()))
    supervisor.onChanged(*changed);
  if (const auto frame = ofThisRun(lastFrameOfAll()))
    supervisor.onFrame(*frame);
}

std::optional<base::TimePoint> Camera::lastFrameOfAll() const {
  return renditions_[slowest()].fanout->lastFrame();
}

std::size_t Camera::slowest() const {
  // None yet is further behind than any.
  const auto least = std::ranges::min_element(renditions_, {},
                                              [](const Rendition& rendition) { return rendition.fanout->lastFrame(); });
  return static_cast<std::size_t>(std::distance(renditions_.begin(), least));
}

Camera::Keeper::Maker Camera::maker(gst::Pipeline::ErrorHandler onError) {
  measuredAt_.reset();
  CapturePipeline::Needs needs{
      settings_,        renditions_,        stillFrames_,       isOwnH264Unfit_,   pace_,
      services_.claims, services_.encoders, services_.timeBase, services_.context, std::move(onError)};
  return [needs = std::move(needs)] { return CapturePipeline::start(needs); };
}

void Camera::onStarted(const CapturePipeline::Summary& started) {
  base::logInfo("camera", "'{}' runs: {}", settings_.id.value(), started.what);
  const bool isOther = !encoder_ || encoder_->kind != started.encoder;
  if (isOther)
    encoder_ = EncoderUse{started.encoder, std::nullopt};
  // Otherwise it is told with the first picture, which is about to come.
  if (started.mode != mode_ || (isOther && told_.state == State::Live)) {
    mode_ = started.mode;
    onState_(*this);
  }
}

void Camera::restartEncoder() {
  ++encoderRestarts_;
  keeper_.ask([rendition = slowest()](CapturePipeline& pipeline) { return pipeline.restartEncoder(rendition); },
              [this](const base::Result<>& restarted) {
                if (!restarted)
                  keeper_.fail(restarted.error());
              });
}

void Camera::afterReview() {
  tell();
  measure();
}

void Camera::measure() {
  const base::TimePoint now = services_.clock.now();
  if (state() != State::Live || (measuredAt_ && now - *measuredAt_ < kMeasureEvery))
    return;
  measuredAt_ = now;
  keeper_.ask([&clock = services_.clock](CapturePipeline& pipeline) { return pipeline.measureEncoders(clock.now()); },
              [this](const std::optional<int>& corePercent) {
                if (corePercent)
                  afterMeasured(*corePercent);
              });
}

void Camera::afterMeasured(int corePercent) {
  if (!encoder_ || (encoder_->corePercent && std::abs(*encoder_->corePercent - corePercent) < kLeastNews))
    return;
  encoder_->corePercent = corePercent;
  onState_(*this);
}

void Camera::setName(std::string name) {
  settings_.name = std::move(name);
  onState_(*this);
}

void Camera::apply(config::Camera settings, const std::vector<RenditionSettings>& renditions) {
  settings_ = std::move(settings);
  for (std::size_t i = 0; i < renditions_.size(); ++i)
    renditions_[i].settings = renditions[i];
  mode_ = askedFor(settings_);
  encoder_.reset();
  // It is another source, or the same one set up anew: what it did before says nothing of it.
  *isOwnH264Unfit_ = false;
  keeper_.onSettings(timesFor(settings_));
  onState_(*this);
  keeper_.review();
}

void Camera::setBitrate(base::Bitrate bitrate, std::size_t rendition) {
  renditions_[rendition].settings.bitrate = bitrate;
  keeper_.run([rendition, bitrate](CapturePipeline& pipeline) { pipeline.setBitrate(rendition, bitrate); });
}

void Camera::setPace(const Pace& pace) {
  pace_ = pace;
  keeper_.run([pace](CapturePipeline& pipeline) { pipeline.setPace(pace); });
}

void Camera::tell() {
  const Told now{state(), reason(), isFrozen(), supervisor().isEncoderStalled()};
  const Told before = std::exchange(told_, now);
  const auto isAway = [](const Told& told) { return told.state == State::Away; };
  if (now.isEncoderStalled != before.isEncoderStalled)
    logFault(now.isEncoderStalled,
             {"encoder-stalled", ": the encoder gives nothing of the pictures that come; it is made anew",
              "encoder-back", ": the encoder works again"});
  if (now.isFrozen != before.isFrozen)
    logFault(now.isFrozen, {"camera-frozen",
                            " gives one and the same picture again and again; it is started anew, less and less often",
                            "camera-moves", " gives new pictures again"});
  if (isAway(now) != isAway(before))
    logFault(isAway(now), {"camera-away", " is away: " + now.reason + "; trying again every few seconds", "camera-back",
                           " is back"});
  // Without an event, of which there is one a change and none an attempt.
  else if (isAway(now) && now.reason != before.reason)
    base::logInfo("camera", "'{}' is still away: {}", settings_.id.value(), now.reason);
  if (now.state != before.state || now.reason != before.reason || now.isFrozen != before.isFrozen)
    onState_(*this);
}

void Camera::logFault(bool hasBegun, const Fault& fault) const {
  const std::string& id = settings_.id.value();
  if (hasBegun)
    base::logEvent(base::LogLevel::Warning, "camera", {{"EVENT", fault.began}, {"CAMERA", id}}, "'{}'{}", id,
                   fault.begins);
  else if (state() == State::Live)
    base::logEvent(base::LogLevel::Info, "camera", {{"EVENT", fault.ended}, {"CAMERA", id}}, "'{}'{}", id, fault.ends);
}

}  // namespace fanlight::media
