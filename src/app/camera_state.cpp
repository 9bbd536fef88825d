// SPDX-License-Identifier: Apache-2.0
#include "app/camera_state.h"

namespace fanlight::app {

session::CameraState toCameraState(media::Supervisor::State state) {
  switch (state) {
    case media::Supervisor::State::Idle:
      return session::CameraState::Idle;
    case media::Supervisor::State::Starting:
      return session::CameraState::Starting;
    case media::Supervisor::State::Live:
      return session::CameraState::Live;
    case media::Supervisor::State::Away:
      return session::CameraState::Away;
  }
  return session::CameraState::Away;
}

}  // namespace fanlight::app
