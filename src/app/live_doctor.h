// SPDX-License-Identifier: Apache-2.0
// The doctor inside of the running daemon: device, then its own cameras one after the other, then the network. Main
// thread; what blocks is done on a worker, which is there only meanwhile.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/camera_look.h"
#include "app/cameras.h"
#include "app/ice_parts.h"
#include "glib/event_source.h"
#include "glib/lifetime.h"
#include "gst/worker.h"
#include "session/doctor.h"

namespace fanlight::app {

class LiveDoctor final : public session::Doctor {
 public:
  /// `clock`, `cameras` and `ice` outlive it.
  LiveDoctor(const glib::MainContext& context, const base::Clock& clock, const Cameras& cameras, const IceParts& ice,
             std::string stateFolder);
  ~LiveDoctor() override;
  LiveDoctor(const LiveDoctor&) = delete;
  LiveDoctor& operator=(const LiveDoctor&) = delete;

  void begin(const std::string& name) override;
  const session::CheckUp& checkUp() const override { return checkUp_; }

  /// Begins nothing more, and lets go of the cameras. The destructor waits for what has been begun.
  void close();
  /// There is nothing to wait for.
  bool isClosed() const { return !worker_ || !worker_->busyFor(); }

 private:
  /// Blocks. Worker thread.
  using Look = std::function<session::Findings()>;
  /// Takes what was found, and goes on with `next`.
  void run(Look look, void (LiveDoctor::*next)());
  void lookAtNextCamera();
  glib::Continue awaitCamera();
  void lookAtNetwork();
  void finish();

  const glib::MainContext context_;
  const base::Clock& clock_;
  const Cameras& cameras_;
  const IceParts& ice_;
  const std::string stateFolder_;
  session::CheckUp checkUp_;
  std::size_t camerasSeen_ = 0;
  std::optional<CameraLook> camera_;
  glib::EventSource again_;
  const std::shared_ptr<std::atomic<bool>> isUnwanted_ = std::make_shared<std::atomic<bool>>(false);
  std::unique_ptr<gst::Worker> worker_;
  glib::Lifetime lifetime_;
};

}  // namespace fanlight::app
