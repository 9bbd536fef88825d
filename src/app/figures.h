// SPDX-License-Identifier: Apache-2.0
// The figures of the whole device, put together from its parts each time that somebody asks. Main thread.
#pragma once

#include <functional>
#include <map>

#include "app/cameras.h"
#include "app/process_figures.h"
#include "session/registry.h"
#include "telemetry/device_figures.h"

namespace fanlight::app {

class Figures final : public telemetry::Source {
 public:
  /// `addMore`: what else the device knows. All outlive it.
  Figures(const Cameras& cameras, const session::Catalogue& catalogue, const session::Registry& registry,
          const base::Clock& clock, std::function<void(telemetry::DeviceFigures&)> addMore);

  /// What was sent to a viewer that leaves goes on counting for its camera. Before nothing is left of the session.
  void noteEnd(const session::Session& session, session::EndReason reason);
  /// The same of one that goes on with another camera.
  void noteSwitch(const session::Session& session, const base::CameraId& from);

  telemetry::DeviceFigures figures() const override;

 private:
  telemetry::CameraFigures figuresOf(const media::Camera& camera) const;
  /// Of all that was sent to a viewer, what was of its present camera.
  telemetry::DeliveryFigures ofPresentCamera(const session::SessionId& id,
                                             const telemetry::DeliveryFigures& sent) const;
  static std::vector<telemetry::ViewerFigures> describe(const std::vector<session::ViewerInfo>& present);

  const Cameras& cameras_;
  const session::Catalogue& catalogue_;
  const session::Registry& registry_;
  const base::Clock& clock_;
  const std::function<void(telemetry::DeviceFigures&)> addMore_;
  telemetry::Counts ends_;
  std::map<base::CameraId, telemetry::DeliveryFigures> sentToThoseWhoLeft_;
  std::map<session::SessionId, telemetry::DeliveryFigures> sentBeforeSwitch_;
  mutable ProcessMeter process_;
};

/// How a session is called where many read it: in the log, in figures. Enough to follow it; the whole id would let a
/// reader end it.
std::string shortName(const session::SessionId& id);

}  // namespace fanlight::app
