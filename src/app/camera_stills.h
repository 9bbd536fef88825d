// SPDX-License-Identifier: Apache-2.0
// Single pictures of the cameras, as JPEG files. Main thread; the files are made on a worker.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "app/cameras.h"
#include "glib/event_source.h"
#include "session/stills.h"

namespace fanlight::app {

class CameraStills final : public session::Stills {
 public:
  /// All outlive it.
  CameraStills(const glib::MainContext& context, const base::Clock& clock, const Cameras& cameras,
               session::Catalogue& catalogue);

  void take(const base::CameraId& camera, Taken taken) override;
  void findLast(const base::CameraId& camera, Taken taken) override;

  /// Lets go of the cameras, and of those who wait for a picture. The last call but for isClosed(), without which the
  /// destructor may wait for ever: for one that hangs.
  void close();
  /// What had been begun before close() has ended.
  bool isClosed() const { return isClosed_; }
  const gst::Worker& worker() const { return worker_; }

 private:
  /// What was begun for those who wait, and ends with them: a picture that comes later is for nobody.
  struct Attempt {
    media::Camera::Demand demand;
    glib::EventSource limit;
    media::StillFrames::Request picture;
    glib::Lifetime lifetime;
  };
  /// Of one camera: whoever asks meanwhile gets the same picture.
  struct Shot {
    std::vector<Taken> waiting;
    std::unique_ptr<Attempt> attempt;  ///< null where nobody waits
    std::optional<session::Still> newest;
  };

  void begin(media::Camera& camera, Shot& shot);
  void request(media::Camera& camera, Attempt& attempt);
  void develop(const media::StillFrames::Picture& picture, base::TimePoint taken, Taken done);
  void finish(const base::CameraId& camera, const base::Result<session::Still>& still);
  void onCamera(const session::CameraInfo& camera);

  const glib::MainContext context_;
  const base::Clock& clock_;
  const Cameras& cameras_;
  std::map<base::CameraId, Shot> shots_;
  session::Subscription cameraChanges_;
  bool isClosed_ = false;
  gst::Worker worker_{"stills", clock_};
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::app
