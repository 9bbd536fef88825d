// SPDX-License-Identifier: Apache-2.0
// The composition root: builds all parts from the settings, joins them, and ends them in order. Main thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/board_watch.h"
#include "app/camera_stills.h"
#include "app/cameras.h"
#include "app/control_channels.h"
#include "app/device_watch.h"
#include "app/doorbell.h"
#include "app/exit_code.h"
#include "app/figures.h"
#include "app/heap.h"
#include "app/ice_parts.h"
#include "app/live_doctor.h"
#include "app/mqtt_parts.h"
#include "app/outputs.h"
#include "app/reload.h"
#include "app/self_watch.h"
#include "app/shown_certificate.h"
#include "app/sign_in_parts.h"
#include "app/sound.h"
#include "app/turns.h"
#include "base/result.h"
#include "board/board_profile.h"
#include "config/settings.h"
#include "http/server.h"
#include "service/watchdog.h"
#include "session/device_troubles.h"
#include "session/registry.h"
#include "session/rings.h"
#include "webrtc/peer.h"

namespace fanlight::app {

class Daemon {
 public:
  /// Besides the settings: the command line.
  struct Options {
    std::string stateFolder;
    Reload::From from;
    bool fallbackTestPicture = false;
  };

  /// Listens when it returns. Fails with Unavailable where an address is taken or the state folder cannot be used,
  /// InvalidArgument where only the settings' user could see that one is wrong, Internal where we cannot go on.
  static base::Result<std::unique_ptr<Daemon>> create(const config::Settings& settings, const Options& options);

  Daemon(const config::Settings& settings, const Options& options, std::unique_ptr<SignInParts> signIn,
         std::shared_ptr<const webrtc::Certificate> certificate);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Reads its configuration again at SIGHUP. Serves until SIGTERM or SIGINT, or until another process is to go on,
  /// then says goodbye to the viewers.
  ExitCode run();

 private:
  base::Result<> startTls(const config::Http& settings, const std::string& stateFolder);
  base::Result<> listen();
  void heedSignals();
  void reload();
  webrtc::PeerSources sourcesOf(const base::CameraId& id) const;
  void connectParts();
  void tick();
  /// No viewer, no camera runs, and what is left of them is gone.
  bool isIdle() const;
  void trim();
  void tellServiceManager();
  /// What no other part tells of the device.
  void addTo(telemetry::DeviceFigures& figures) const;
  /// The threads that others wait for.
  SelfWatch::Workers workers() const;
  void lookAtSelf();
  bool isReadingBoard() const { return board_.worker() && board_.worker()->busyFor(); }
  void afterEnded(const session::Session& session, session::EndReason reason, const std::string& detail);
  void afterSwitched(const session::Session& session, const base::CameraId& from);
  std::optional<std::string> unready() const;
  void stop();

  const glib::MainContext context_;
  const base::SteadyClock clock_;
  const gst::TimeBase timeBase_;
  session::Catalogue catalogue_;
  session::DeviceTroubles troubles_;
  session::Rings rings_{clock_};
  const std::unique_ptr<SignInParts> signIn_;
  const board::BoardProfile& profile_;
  Cameras cameras_;
  Sound sound_;
  BoardWatch board_;
  IceParts ice_;
  gst::Worker viewers_{"viewers"};
  gst::Worker reaper_{"reaper"};
  webrtc::PeerFactory peers_;
  session::Registry registry_;
  Turns turns_;
  Figures figures_;
  Outputs outputs_;
  LiveDoctor doctor_;
  session::Commands commands_;
  const signaling::Services services_;
  ControlChannels controlChannels_;
  CameraStills stills_;
  const http::ResourceFiles page_;
  std::unique_ptr<http::Server> http_;
  std::unique_ptr<ShownCertificate> certificate_;  ///< null without HTTPS
  service::Watchdog watchdog_;
  std::string status_;  ///< as the service manager was told
  HeapTrimming trimming_;
  std::uint64_t gone_ = 0;  ///< sessions
  Reload reload_;
  SelfWatch selfWatch_;
  DeviceWatch deviceWatch_;
  Doorbell doorbell_;
  const std::unique_ptr<MqttParts> mqtt_;  ///< null without a broker
  bool isStopping_ = false;
  ExitCode code_ = ExitCode::Ok;
  glib::EventSource ticks_;
  glib::EventSource terminate_;
  glib::EventSource interrupt_;
  glib::EventSource hangUp_;
};

}  // namespace fanlight::app
