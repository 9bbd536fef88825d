// SPDX-License-Identifier: Apache-2.0
// How a picture is turned before anybody sees it. Any thread.
#pragma once

#include <string>

#include "base/values.h"

namespace fanlight::media {

/// Turned clockwise first, then mirrored left to right.
struct Orientation {
  int rotate = 0;  ///< degrees: 0, 90, 180 or 270
  bool mirror = false;

  bool isUpright() const { return rotate == 0 && !mirror; }
  bool swapsSides() const { return rotate % 180 != 0; }
  base::Resolution turned(base::Resolution size) const {
    return swapsSides() ? base::Resolution{size.height, size.width} : size;
  }
  bool operator==(const Orientation&) const = default;
};

/// The end of a pipeline text that turns raw pictures by the CPU; empty where they are upright.
std::string renderTurn(const Orientation& orientation);

}  // namespace fanlight::media
