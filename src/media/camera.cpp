// SPDX-License-Identifier: Apache-2.0
// The supervisor decides here on the main thread, the worker does.
#include "media/camera.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/log.h"

namespace fanlight::media {
namespace {

// How often a wanted camera is looked at: a fraction of the shortest time that the supervisor measures.
constexpr std::chrono::milliseconds kReviewEvery{250};

/// Beyond what a busy machine may delay a timer by.
constexpr base::Duration kNeglectedAfter = std::chrono::seconds(5);

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
      supervisor_(timesFor(settings_)),
      mode_(askedFor(settings_)),
      worker_(std::make_unique<gst::Worker>("cam:" + settings_.id.value())) {}

Camera::~Camera() {
  lifetime_.end();
  stop();
}

Camera::Demand Camera::demand() {
  ++demands_;
  supervisor_.setWanted(true, services_.clock.now());
  review();
  return Demand(this,
                [release = lifetime_.bind([this](void*) { release(); })](void* camera) mutable { release(camera); });
}

void Camera::release() {
  if (--demands_ == 0)
    supervisor_.setWanted(false, services_.clock.now());
}

void Camera::review() {
  reviewedAt_ = services_.clock.now();
  observe();
  act(supervisor_.decide(services_.clock.now()));
  tell();
  measure();
  const bool isNeeded = supervisor_.state() != State::Idle;
  if (isNeeded && !timer_.isActive())
    timer_ = glib::EventSource::timer(services_.context, kReviewEvery, [this] {
      review();
      return supervisor_.state() == State::Idle ? glib::Continue::No : glib::Continue::Yes;
    });
}

bool Camera::isNeglected() const {
  return state() != State::Idle && services_.clock.now() - reviewedAt_ > kNeglectedAfter;
}

std::optional<base::Duration> Camera::awayFor() const {
  const auto since = supervisor_.awaySince();
  return since ? std::optional(services_.clock.now() - *since) : std::nullopt;
}

void Camera::observe() {
  if (!run_)
    return;
  const auto ofThisRun = [began = run_->began.load()](const std::optional<base::TimePoint>& when) {
    return when && *when >= began ? when : std::nullopt;
  };
  if (const auto captured = ofThisRun(stillFrames_->lastCame()))
    supervisor_.onCaptured(*captured);
  if (const auto changed = ofThisRun(stillFrames_->lastChanged()))
    supervisor_.onChanged(*changed);
  if (const auto frame = ofThisRun(lastFrameOfAll()))
    supervisor_.onFrame(*frame);
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

void Camera::act(Supervisor::Action action) {
  switch (action) {
    case Supervisor::Action::None:
      return;
    case Supervisor::Action::Start:
      return start();
    case Supervisor::Action::Restart:
      restarts_ += supervisor_.isFrozen() ? 1 : 0;
      stop();
      return start();
    case Supervisor::Action::RestartEncoder:
      return restartEncoder();
    case Supervisor::Action::Stop:
      return stop();
  }
}

void Camera::start() {
  ++starts_;
  restarts_ += state() == State::Away ? 1 : 0;
  run_ = std::make_shared<Run>();
  measuredAt_.reset();
  const auto onError = lifetime_.bind([this, weak = std::weak_ptr(run_)](const std::string& reason) {
    if (const auto run = weak.lock())
      afterError(run, {base::ErrorCode::Unavailable, reason});
  });
  auto onStarted = lifetime_.bind(
      [this](const std::shared_ptr<Run>& run, const base::Result<Started>& started) { afterStart(run, started); });
  CapturePipeline::Needs needs{settings_,        renditions_,        stillFrames_,       isOwnH264Unfit_,   pace_,
                               services_.claims, services_.encoders, services_.timeBase, services_.context, onError};
  worker_->run([needs = std::move(needs), run = run_, &clock = services_.clock, onStarted]() mutable {
    // A worker that was held up for long would otherwise start and stop the camera once for each try of that time.
    if (run->isOver)
      return;
    run->began = clock.now();
    auto pipeline = CapturePipeline::start(needs);
    const auto started = pipeline.map([](const auto& running) {
      return Started{running->mode(), running->encoder(), running->describe()};
    });
    if (pipeline)
      run->pipeline = std::move(*pipeline);
    needs.context.post([run, onStarted, started]() mutable { onStarted(run, started); });
  });
}

void Camera::restartEncoder() {
  ++encoderRestarts_;
  auto onFailed =
      lifetime_.bind([this](const std::shared_ptr<Run>& run, const base::Error& error) { afterError(run, error); });
  worker_->run([run = run_, context = services_.context, rendition = slowest(), onFailed] {
    if (run->isOver || !run->pipeline)
      return;
    if (const auto restarted = run->pipeline->restartEncoder(rendition); !restarted)
      context.post([run, onFailed, error = restarted.error()]() mutable { onFailed(run, error); });
  });
}

void Camera::stop() {
  if (!run_)
    return;
  run_->isOver = true;
  worker_->run([run = std::exchange(run_, nullptr)] { run->pipeline.reset(); });
}

void Camera::close(std::function<void()> closed) {
  lifetime_.end();
  timer_.stop();
  stop();
  worker_->run([context = services_.context, closed = std::move(closed)] { context.post(closed); });
}

void Camera::afterStart(const std::shared_ptr<Run>& run, const base::Result<Started>& started) {
  if (run != run_)
    return;
  if (!started)
    return afterError(run, started.error());
  base::logInfo("camera", "'{}' runs: {}", settings_.id.value(), started->what);
  const bool isOther = !encoder_ || encoder_->kind != started->encoder;
  if (isOther)
    encoder_ = EncoderUse{started->encoder, std::nullopt};
  // Otherwise it is told with the first picture, which is about to come.
  if (started->mode != mode_ || (isOther && told_.state == State::Live)) {
    mode_ = started->mode;
    onState_(*this);
  }
}

void Camera::measure() {
  const base::TimePoint now = services_.clock.now();
  if (state() != State::Live || !run_ || (measuredAt_ && now - *measuredAt_ < kMeasureEvery))
    return;
  measuredAt_ = now;
  auto onMeasured =
      lifetime_.bind([this](const std::shared_ptr<Run>& run, int corePercent) { afterMeasured(run, corePercent); });
  worker_->run([run = run_, context = services_.context, &clock = services_.clock, onMeasured] {
    const auto taken = run->pipeline ? run->pipeline->encodeTime() : std::nullopt;
    const auto percent = taken ? run->meter.look(*taken, clock.now()) : std::nullopt;
    if (percent)
      context.post([run, onMeasured, percent = *percent]() mutable { onMeasured(run, percent); });
  });
}

void Camera::afterMeasured(const std::shared_ptr<Run>& run, int corePercent) {
  if (run != run_ || !encoder_)
    return;
  if (encoder_->corePercent && std::abs(*encoder_->corePercent - corePercent) < kLeastNews)
    return;
  encoder_->corePercent = corePercent;
  onState_(*this);
}

void Camera::afterError(const std::shared_ptr<Run>& run, const base::Error& error) {
  if (run != run_)
    return;
  supervisor_.onError(error, services_.clock.now());
  review();
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
  supervisor_.onSettings(timesFor(settings_), services_.clock.now());
  onState_(*this);
  review();
}

void Camera::setBitrate(base::Bitrate bitrate, std::size_t rendition) {
  renditions_[rendition].settings.bitrate = bitrate;
  if (run_)
    worker_->run([run = run_, rendition, bitrate] {
      if (run->pipeline)
        run->pipeline->setBitrate(rendition, bitrate);
    });
}

void Camera::setPace(const Pace& pace) {
  pace_ = pace;
  if (run_)
    worker_->run([run = run_, pace] {
      if (run->pipeline)
        run->pipeline->setPace(pace);
    });
}

void Camera::tell() {
  const Told now{state(), reason(), isFrozen(), supervisor_.isEncoderStalled()};
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
