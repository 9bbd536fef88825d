// SPDX-License-Identifier: Apache-2.0
// GstVideoOrientationMethod's eight ways by their nicks.
#include "media/orientation.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace fanlight::media {
namespace {

constexpr std::array<std::string_view, 4> kTurned = {"identity", "90r", "180", "90l"};
// A quarter turn and a mirror are a flip over a diagonal.
constexpr std::array<std::string_view, 4> kTurnedAndMirrored = {"horiz", "ul-lr", "vert", "ur-ll"};

}  // namespace

std::string renderTurn(const Orientation& orientation) {
  if (orientation.isUpright())
    return {};
  const auto quarter = static_cast<std::size_t>(orientation.rotate / 90) % kTurned.size();
  return fmt::format(" ! videoconvert ! videoflip video-direction={}",
                     (orientation.mirror ? kTurnedAndMirrored : kTurned)[quarter]);
}

}  // namespace fanlight::media
