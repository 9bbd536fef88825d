// SPDX-License-Identifier: Apache-2.0
// What all sound devices of the process share.
#pragma once

#include "base/clock.h"
#include "glib/main_context.h"
#include "gst/pipeline.h"

namespace fanlight::audio {

struct SoundServices {
  glib::MainContext context;
  gst::TimeBase timeBase;
  const base::Clock& clock;
};

}  // namespace fanlight::audio
