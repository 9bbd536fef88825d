// SPDX-License-Identifier: Apache-2.0
// The cameras of the process: from the config or, without one, whatever is found; and their state in the catalogue.
// Main thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "config/settings.h"
#include "glib/event_source.h"
#include "glib/folder_watch.h"
#include "glib/lifetime.h"
#include "gst/worker.h"
#include "media/camera.h"
#include "media/libcamera_devices.h"
#include "media/v4l2_devices.h"
#include "service/escalation.h"
#include "session/catalogue.h"

namespace fanlight::app {

enum class WhenNoneFound { ServeNothing, ServeTestPicture };

/// How cameras are looked for, and how often.
struct Discovery {
  /// The devices that there are; none where nothing has changed since it was last called. Worker thread.
  using Look = std::function<std::optional<std::vector<media::V4l2Device>>()>;
  Look look = [lookout = std::make_shared<media::V4l2Lookout>()] { return lookout->look(); };
  std::chrono::milliseconds every = std::chrono::seconds(5);
  /// Asked where a device is a part of a camera that libcamera is for. Worker thread.
  std::function<base::Result<std::vector<media::LibcameraDevice>>()> listLibcamera = media::listLibcameraDevices;
};

class Cameras {
 public:
  /// `devices`: where nodes of devices come; another for tests.
  Cameras(const media::CameraServices& services, session::Catalogue& catalogue, const std::string& devices = "/dev");

  /// What their viewers are told of their sound; none: they have none.
  using AudioOf = std::function<std::optional<session::AudioInfo>(const config::Camera&)>;
  void setAudio(AudioOf audioOf) { audioOf_ = std::move(audioOf); }
  /// That has changed of some.
  void publishAll();

  void add(const config::Camera& settings);
  /// The one of that id is from now on as this says; `needsNewPicture`: more than its name or its bitrate differs.
  void apply(const config::Camera& settings, bool needsNewPicture);
  /// Serves every camera that the machine has or is given. One that is taken away stays, for it may come back. So does
  /// the test picture that stands in where the first look finds none: somebody may be watching it.
  void discover(WhenNoneFound whenNoneFound, Discovery discovery = {});

  /// For those that there are and those that come. `cause`: what the viewers are told of those that are slowed.
  void setPace(const media::Pace& pace, std::optional<session::SlowedBy> cause);

  /// Ends all of them for good, and the looking for more.
  void close();
  /// What has not ended since close(), for the log: one whose driver hangs never does, and the destructor waits for it.
  const std::set<std::string>& unclosed() const { return unclosed_; }

  /// What they are encoded with.
  const std::shared_ptr<board::EncoderProbe>& encoders() const { return services_.encoders; }
  /// nullptr where there is none.
  media::Camera* find(const base::CameraId& id) const;
  const std::vector<std::unique_ptr<media::Camera>>& all() const { return cameras_; }
  /// Those that are there, wanted, and have given no picture for a while, whatever was tried.
  std::vector<service::Fault> faults() const;
  /// Which one is wanted and has not been looked after for seconds, as a fault of ours; none where all were.
  std::optional<std::string> neglected() const;
  /// nullptr where nothing is looked for.
  const gst::Worker* looker() const { return looker_.get(); }

 private:
  struct Found {
    std::string id;  ///< of its media::V4l2Device or media::LibcameraDevice
    std::string where;
    std::string name;
    config::SourceKind source;
  };
  struct Looked {
    std::vector<Found> found;
    std::string lacking;  ///< why some could not be found; empty where all were
  };

  void onPlugged();
  void look();
  static std::optional<Looked> lookOnce(const Discovery& discovery);
  void lookAfter(std::chrono::milliseconds pause);
  void afterLook(const Looked& looked);
  void serve(const Found& device);
  void standIn();
  bool isServed(const Found& device) const;
  void publish(const media::Camera& camera);
  base::CameraId freeId(const std::string& name) const;

  const media::CameraServices services_;
  session::Catalogue& catalogue_;
  std::vector<std::unique_ptr<media::Camera>> cameras_;
  AudioOf audioOf_;
  media::Pace pace_;
  std::optional<session::SlowedBy> slowedBy_;
  WhenNoneFound whenNoneFound_ = WhenNoneFound::ServeNothing;
  Discovery discovery_;
  glib::FolderWatch plugged_;
  glib::EventSource again_;
  std::set<std::string> unclosed_;
  std::unique_ptr<gst::Worker> looker_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::app
