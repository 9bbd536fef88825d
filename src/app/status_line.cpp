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

std::string describe(const session::CameraInfo& camera) {
  return fmt::format("'{}' {}{}", camera.id.value(), toText(camera.state),
                     camera.reason.empty() ? "" : fmt::format(" ({})", camera.reason));
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
