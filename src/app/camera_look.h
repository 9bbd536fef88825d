// SPDX-License-Identifier: Apache-2.0
// The doctor's look at one camera: a picture, as a viewer would get it, and what encodes it.
#pragma once

#include <chrono>
#include <optional>

#include "board/encoder_probe.h"
#include "media/camera.h"
#include "session/finding.h"

namespace fanlight::app {

/// What was seen of it.
struct CameraFacts {
  config::Camera settings;
  media::Camera::State state = media::Camera::State::Idle;
  std::optional<base::Error> trouble;
  media::CaptureMode mode;
  std::optional<media::EncoderUse> encoder;
  base::Duration after{};  ///< from when it was asked for pictures until this was seen
};

/// Wakes the camera for as long as it lives. Main thread.
class CameraLook {
 public:
  /// The slowest camera's first picture takes less.
  static constexpr std::chrono::seconds kLongest{15};

  /// Both outlive it.
  CameraLook(media::Camera& camera, const base::Clock& clock)
      : camera_(camera), clock_(clock), began_(clock.now()), demand_(camera.demand()) {}

  /// It gives pictures, says that it cannot, or has had the time that the slowest takes.
  bool isOver() const;
  CameraFacts facts() const;

 private:
  media::Camera& camera_;
  const base::Clock& clock_;
  const base::TimePoint began_;
  const media::Camera::Demand demand_;
};

/// Blocks where an encoder has to be tried. Any thread.
session::Findings judge(const CameraFacts& facts, board::EncoderProbe& encoders);

/// Where there is none to look at.
session::Finding noCamera();

}  // namespace fanlight::app
