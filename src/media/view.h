// SPDX-License-Identifier: Apache-2.0
// What somebody who watches or listens holds. Main thread.
#pragma once

#include <memory>

#include "media/fanout.h"

namespace fanlight::media {

/// Keeps what it was made for running while it is held. May outlive it.
using Demand = std::shared_ptr<void>;

/// One encode, of pictures or sound, and what keeps it coming.
struct View {
  Demand demand;
  std::shared_ptr<Fanout> fanout;
};

}  // namespace fanlight::media
