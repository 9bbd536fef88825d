// SPDX-License-Identifier: Apache-2.0
// Who knows whom, in one place.
#include "app/daemon.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "app/exit_code.h"
#include "app/status_line.h"
#include "app/viewer_limits.h"
#include "base/log.h"
#include "board/board_profile.h"
#include "health/tasks.h"
#include "service/notify.h"
#include "signaling/codec.h"
#include "webrtc/warm_up.h"

namespace fanlight::app {
namespace {

constexpr std::chrono::seconds kTick{1};
constexpr base::Duration kGoodbye = std::chrono::seconds(5);
/// Of one who leaves because something hangs: what is not hung ends at once.
constexpr base::Duration kShortGoodbye = std::chrono::seconds(1);
const board::BoardProfile& profileHere() {
  const board::Machine machine = board::lookAtMachine();
  const board::BoardProfile& profile = board::profileOf(machine);
  base::logInfo("board", "{}; profile '{}'", machine.model.empty() ? "the firmware names no board" : machine.model,
                profile.id);
  return profile;
}

std::optional<session::SlowedBy> toSlowedBy(const std::optional<board::SpareCause>& cause) {
  if (!cause)
    return std::nullopt;
  return *cause == board::SpareCause::Heat ? session::SlowedBy::Heat : session::SlowedBy::Power;
}

http::Options toOptions(const config::Http& settings) {
  http::Options options;
  options.listen = settings.listen;
  options.tlsListen = settings.tlsListen;
  options.hosts = settings.hosts;
  options.origins = settings.origins;
  options.trustedProxies = settings.trustedProxies;
  options.connections = settings.connections;
  options.connectionsPerAddress = settings.connectionsPerAddress;
  return options;
}

}  // namespace

base::Result<std::unique_ptr<Daemon>> Daemon::create(const config::Settings& settings, const Options& options) {
  auto signIn = SignInParts::create(settings, options.stateFolder);
  if (!signIn)
    return tl::unexpected(signIn.error());
  auto certificate = webrtc::createCertificate();
  if (!certificate)
    return tl::unexpected(certificate.error());
  auto daemon = std::make_unique<Daemon>(settings, options, std::move(*signIn),
                                         std::make_shared<const webrtc::Certificate>(std::move(*certificate)));
  // Before anybody can be told that it listens, who may end it at once.
  daemon->heedSignals();
  if (auto started = daemon->startTls(settings.http, options.stateFolder); !started)
    return tl::unexpected(started.error());
  if (auto listening = daemon->listen(); !listening)
    return tl::unexpected(listening.error());
  checkMeans(settings.limits, {health::taskLimit(), settings.ice.ports});
  daemon->signIn_->tick();
  daemon->viewers_.run(webrtc::warmUp);
  for (const config::Camera& camera : settings.cameras)
    daemon->cameras_.add(camera);
  if (settings.cameras.empty())
    daemon->cameras_.discover(options.fallbackTestPicture ? WhenNoneFound::ServeTestPicture
                                                          : WhenNoneFound::ServeNothing);
  daemon->board_.start();
  return daemon;
}

Daemon::Daemon(const config::Settings& settings, const Options& options, std::unique_ptr<SignInParts> signIn,
               std::shared_ptr<const webrtc::Certificate> certificate)
    : context_(glib::MainContext::main()),
      timeBase_(gst::TimeBase::create()),
      signIn_(std::move(signIn)),
      profile_(profileHere()),
      cameras_({context_, timeBase_, clock_, std::make_shared<media::DeviceClaims>(),
                std::make_shared<board::EncoderProbe>(board::encodersOf(profile_))},
               catalogue_),
      sound_(settings.audios, {context_, timeBase_, clock_}, [this] { cameras_.publishAll(); }),
      board_(context_, clock_, {.sysfsRoot = settings.device.sysfsRoot, .heat = profile_.heat},
             static_cast<int>(media::kPaces.size()) - 1,
             [this](int step, std::optional<board::SpareCause> cause) {
               cameras_.setPace(media::kPaces[static_cast<std::size_t>(step)], toSlowedBy(cause));
             }),
      ice_(context_, settings),
      peers_({{timeBase_, context_, clock_, std::move(certificate)},
              viewers_,
              reaper_,
              [this](const session::Arrival& arrival) { return ice_.setUp(arrival); },
              [this](const base::CameraId& id) { return sourcesOf(id); }},
             nullptr),
      registry_(peers_, catalogue_, signIn_->access(), clock_,
                toLimits(settings.limits, {health::taskLimit(), settings.ice.ports})),
      turns_(context_, settings.audios, registry_.talks(), [this] { cameras_.publishAll(); }),
      figures_(cameras_, catalogue_, registry_, clock_, [this](telemetry::DeviceFigures& figures) { addTo(figures); }),
      outputs_(context_, settings, rings_, catalogue_, registry_),
      doctor_(context_, clock_, cameras_, ice_, options.stateFolder),
      commands_(registry_, catalogue_, signIn_->access(), signIn_->tokens(), rings_, outputs_, doctor_),
      services_{registry_,
                catalogue_,
                troubles_,
                rings_,
                outputs_,
                signIn_->access(),
                commands_,
                signIn_->pairing(),
                ice_.servers(),
                clock_,
                {settings.device.id, settings.device.name, FANLIGHT_VERSION}},
      controlChannels_(services_),
      stills_(context_, clock_, cameras_, catalogue_),
      page_("/fanlight/page"),
      http_(std::make_unique<http::Server>(context_, toOptions(settings.http), services_, stills_, figures_, page_,
                                           [this] { return unready(); })),
      watchdog_(clock_, service::watchdogTimeout(), service::tellAlive),
      reload_(options.from, settings, cameras_, registry_),
      selfWatch_(clock_),
      deviceWatch_(options.stateFolder, troubles_, registry_, clock_),
      doorbell_(context_, clock_, settings, rings_, stills_),
      mqtt_(MqttParts::create(context_, settings, services_, figures_, options.stateFolder)) {
  connectParts();
}

Daemon::~Daemon() {
  certificate_.reset();
  http_.reset();
  // While all that hears of it is still there.
  registry_.endAll(session::EndReason::Shutdown);
}

webrtc::PeerSources Daemon::sourcesOf(const base::CameraId& id) const {
  media::Camera& camera = *cameras_.find(id);
  webrtc::PeerSources sources{camera, nullptr, nullptr};
  if (audio::Microphone* microphone = sound_.microphoneOf(camera.settings()))
    sources.listen = [microphone] { return microphone->view(); };
  if (audio::Speaker* speaker = sound_.speakerOf(camera.settings()))
    sources.talk = [speaker] { return speaker->voice(); };
  return sources;
}

void Daemon::connectParts() {
  cameras_.setAudio([this](const config::Camera& camera) {
    auto info = sound_.info(camera);
    if (info)
      info->talkers = registry_.talks().talkers(info->id);
    return info;
  });
  registry_.onEnded([this](const session::Session& session, session::EndReason reason, const std::string& detail) {
    afterEnded(session, reason, detail);
  });
  registry_.onSwitched(
      [this](const session::Session& session, const base::CameraId& from) { afterSwitched(session, from); });
  registry_.onDataChannel(
      [this](const session::Session& session, const std::string& label, std::shared_ptr<session::Channel> channel) {
        controlChannels_.add(session, label, std::move(channel));
      });
  // Not whether it gives pictures: a camera that was pulled out is being tried again for as long as that takes.
  watchdog_.watch([this] { return cameras_.neglected(); });
  watchdog_.watch([this] { return sound_.neglected(); });
}

base::Result<> Daemon::startTls(const config::Http& settings, const std::string& stateFolder) {
  if (settings.tlsListen.empty())
    return {};
  auto shown = ShownCertificate::show(context_, settings, stateFolder, *http_);
  if (!shown)
    return tl::unexpected(shown.error());
  certificate_ = std::move(*shown);
  return {};
}

base::Result<> Daemon::listen() {
  if (auto listening = http_->listen(); !listening)
    return listening;
  for (const std::string& url : http_->urls())
    fmt::print("fanlight: listening on {}\n", url);
  std::fflush(stdout);
  return {};
}

std::optional<std::string> Daemon::unready() const {
  return catalogue_.cameras().empty() ? std::optional<std::string>("no camera found yet") : std::nullopt;
}

void Daemon::afterEnded(const session::Session& session, session::EndReason reason, const std::string& detail) {
  controlChannels_.remove(session);
  figures_.noteEnd(session, reason);
  ++gone_;
  base::logInfo("session", "'{}' of camera '{}' ended: {}{}{}", shortName(session.id()), session.camera().value(),
                signaling::toText(reason), detail.empty() ? "" : ": ", detail);
}

void Daemon::afterSwitched(const session::Session& session, const base::CameraId& from) {
  figures_.noteSwitch(session, from);
  base::logInfo("session", "'{}' of camera '{}' shows '{}' from now on", shortName(session.id()), from.value(),
                session.camera().value());
}

void Daemon::tick() {
  // In this order: who has ended is known, then sessions end, then the channels that told so.
  signIn_->tick();
  registry_.tick();
  // Gone while the rest is being ended.
  if (http_)
    http_->tick();
  lookAtSelf();
  deviceWatch_.look();
  doorbell_.tick();
  outputs_.tick();
  if (mqtt_)
    mqtt_->tick();
  trim();
  tellServiceManager();
}

SelfWatch::Workers Daemon::workers() const {
  SelfWatch::Workers workers{&viewers_, &reaper_};
  for (const auto& camera : cameras_.all())
    workers.push_back(&camera->worker());
  std::ranges::copy(sound_.workers(), std::back_inserter(workers));
  if (const gst::Worker* looker = cameras_.looker())
    workers.push_back(looker);
  return workers;
}

void Daemon::lookAtSelf() {
  const SelfWatch::Workers needed = workers();
  selfWatch_.tellStuck(needed);
  // Of these one that hangs keeps nobody from watching.
  selfWatch_.tellStuck({&stills_.worker()});
  if (const gst::Worker* worker = board_.worker())
    selfWatch_.tellStuck({worker});
  troubles_.set(session::DeviceTrouble::Stuck, selfWatch_.isAnyStuck());
  if (isStopping_)
    return;
  if (selfWatch_.mustLeave(needed, cameras_.faults())) {
    code_ = ExitCode::Again;
    isStopping_ = true;
  }
}

void Daemon::addTo(telemetry::DeviceFigures& figures) const {
  figures.connections = http_ ? http_->connections() : 0;
  if (mqtt_)
    figures.broker = mqtt_->figures();
  figures.restarts = selfWatch_.restarts();
  figures.troubles = deviceWatch_.surroundings().states();
  figures.troubles["worker-stuck"] = selfWatch_.isAnyStuck();
  if (const auto isLow = board_.readings().isUnderVoltage)
    figures.troubles["under-voltage"] = *isLow;
  for (const board::Temperature& zone : board_.readings().temperatures)
    figures.temperatures.push_back({zone.zone, zone.celsius});
}

void Daemon::tellServiceManager() {
  watchdog_.tick();
  if (!service::isSupervised())
    return;
  if (std::string now = statusLine(catalogue_.cameras(), registry_.active(), deviceWatch_.surroundings().troubles());
      now != status_) {
    status_ = std::move(now);
    service::tellStatus(status_);
  }
}

bool Daemon::isIdle() const {
  const auto hasNothingToDo = [](const gst::Worker& worker) { return !worker.busyFor(); };
  return registry_.occupied() == 0 && hasNothingToDo(viewers_) && hasNothingToDo(reaper_) &&
         std::ranges::all_of(cameras_.all(), [hasNothingToDo](const auto& camera) {
           return camera->state() == media::Camera::State::Idle && hasNothingToDo(camera->worker());
         });
}

void Daemon::trim() {
  std::uint64_t left = gone_;
  for (const auto& camera : cameras_.all())
    left += camera->starts();
  if (trimming_.isDue(isIdle(), left, clock_.now()))
    trimHeap();
}

void Daemon::heedSignals() {
  const auto onSignal = [this] {
    isStopping_ = true;
    return glib::Continue::Yes;
  };
  terminate_ = glib::EventSource::unixSignal(context_, SIGTERM, onSignal);
  interrupt_ = glib::EventSource::unixSignal(context_, SIGINT, onSignal);
  hangUp_ = glib::EventSource::unixSignal(context_, SIGHUP, [this] {
    reload();
    return glib::Continue::Yes;
  });
}

void Daemon::reload() {
  service::tellReloading();
  reload_.run();
  service::tellReady();
}

ExitCode Daemon::run() {
  ticks_ = glib::EventSource::timer(context_, kTick, [this] {
    tick();
    return glib::Continue::Yes;
  });
  service::tellReady();
  tellServiceManager();
  while (!isStopping_)
    context_.iterate(true);
  service::tellStopping();
  stop();
  return code_;
}

void Daemon::stop() {
  base::logInfo("fanlight", "stopping; {} viewers", registry_.active());
  registry_.endAll(session::EndReason::Shutdown);
  if (mqtt_)
    mqtt_->close();
  certificate_.reset();
  http_.reset();
  doorbell_.close();
  outputs_.close();
  doctor_.close();
  stills_.close();
  cameras_.close();
  sound_.close();
  board_.stop();
  const auto hasEnded = [this] {
    return registry_.occupied() == 0 && cameras_.unclosed().empty() && sound_.unclosed().empty() &&
           stills_.isClosed() && doctor_.isClosed() && !isReadingBoard();
  };
  const base::TimePoint began = clock_.now();
  const base::Duration patience = code_ == ExitCode::Ok ? kGoodbye : kShortGoodbye;
  // A broker that does not hear of it publishes the will: nothing that hangs.
  const auto hasLeft = [this] { return !mqtt_ || mqtt_->isClosed(); };
  while (!(hasEnded() && hasLeft()) && clock_.now() - began < patience)
    context_.iterate(true);
  // One that hangs may serve neither a viewer nor a camera any more, and be waited for by its destructor all the same.
  if (hasEnded() && code_ == ExitCode::Ok)
    return;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience).count();
  // Waiting for a worker that hangs would only wait for whoever started us to kill the process.
  if (registry_.occupied() > 0)
    base::logError("fanlight", "{} peer connections did not end within {} s; leaving without them",
                   registry_.occupied(), seconds);
  for (const auto* unclosed : {&cameras_.unclosed(), &sound_.unclosed()})
    for (const std::string& what : *unclosed)
      base::logError("fanlight", "{} did not end within {} s; leaving without it", what, seconds);
  if (!stills_.isClosed())
    base::logError("fanlight", "making a still did not end within {} s; leaving without it", seconds);
  if (!doctor_.isClosed())
    base::logError("fanlight", "the check-up did not end within {} s; leaving without it", seconds);
  if (isReadingBoard())
    base::logError("fanlight", "reading the board's sensors did not end within {} s; leaving without it", seconds);
  ::_exit(static_cast<int>(code_ == ExitCode::Ok ? ExitCode::Internal : code_));
}

}  // namespace fanlight::app
