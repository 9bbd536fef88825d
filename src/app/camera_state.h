// SPDX-License-Identifier: Apache-2.0
// What supervises a pipeline calls its state, in the words that viewers are told. Any thread.
#pragma once

#include "media/supervisor.h"
#include "session/catalogue.h"

namespace fanlight::app {

session::CameraState toCameraState(media::Supervisor::State state);

}  // namespace fanlight::app
