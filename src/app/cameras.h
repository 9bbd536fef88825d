// SPDX-License-Identifier: Apache-2.0
// The cameras of the process: from the config or, without one, whatever is found; and their state in the catalogue.
// Main thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/settings.h"
#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "gst/worker.h"
#include "media/camera.h"
#include "session/catalogue.h"

namespace fanlight::app {

enum class WhenNoneFound { KeepLooking, ServeTestPicture };

class Cameras {
 public:
  Cameras(const media::CameraServices& services, session::Catalogue& catalogue);

  void add(const config::Camera& settings);
  /// Serves every camera of the machine, and looks for one every few seconds while there is none.
  void discover(WhenNoneFound whenNoneFound);

  /// nullptr where there is none.
  media::Camera* find(const base::CameraId& id) const;
  const std::vector<std::unique_ptr<media::Camera>>& all() const { return cameras_; }

 private:
  struct Found {
    std::string path;
    std::string name;
  };

  void look();
  void afterLook(const std::vector<Found>& found);
  void publish(const media::Camera& camera);
  base::CameraId freeId(const std::string& name) const;

  const media::CameraServices services_;
  session::Catalogue& catalogue_;
  std::vector<std::unique_ptr<media::Camera>> cameras_;
  WhenNoneFound whenNoneFound_ = WhenNoneFound::KeepLooking;
  bool hasSaidNone_ = false;
  glib::EventSource again_;
  std::unique_ptr<gst::Worker> looker_;  ///< while looking
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::app
