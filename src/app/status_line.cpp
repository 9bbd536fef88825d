// SPDX-License-Identifier: Apache-2.0
// Words for states.
#include "app/status_line.h"

#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace fanlight::app {
namespace {

std::string_view toText(session::CameraState state) {
  switch (state) {
    case session::CameraState::Idle:
      return "asleep";
    case session::CameraState::Starting:
      return "starting";
    case session::CameraState::Live:
      return "live";
    case session::CameraState::Away:
      break;
  }
  return "away";
}

std::string_view toText(session::SlowedBy cause) {
  return cause == session::SlowedBy::Heat ? "fewer pictures, for the board is hot"
                                          : "fewer pictures, for the board's power is low";
}

std::string describe(const session::CameraInfo& camera) {
  std::string text = fmt::format("'{}' {}", camera.id.value(), toText(camera.state));
  if (!camera.reason.empty())
    text += fmt::format(" ({})", camera.reason);
  if (camera.state == session::CameraState::Live && camera.isFrozen)
    text += " (one picture again and again)";
  if (camera.state == session::CameraState::Live && camera.slowed)
    text += fmt::format(" ({})", toText(*camera.slowed));
  return text;
}

}  // namespace

std::string statusLine(const std::vector<session::CameraInfo>& cameras, int viewers,
                       const std::vector<std::string>& troubles) {
  std::vector<std::string> described;
  described.reserve(cameras.size());
  for (const session::CameraInfo& camera : cameras)
    described.push_back(describe(camera));
  std::string line =
      fmt::format("{} viewer{}; {}", viewers, viewers == 1 ? "" : "s",
                  described.empty() ? "no camera found yet" : fmt::format("cameras: {}", fmt::join(described, ", ")));
  for (const std::string& trouble : troubles)
    line += "; " + trouble;
  return line;
}

}  // namespace fanlight::app
