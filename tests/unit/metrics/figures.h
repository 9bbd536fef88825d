// SPDX-License-Identifier: Apache-2.0
// A device of which everything is told.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "telemetry/device_figures.h"

namespace fanlight::metrics::test {

using std::chrono::milliseconds;
using namespace std::string_view_literals;

inline constexpr std::array kCameraStates{"idle"sv, "live"sv};
inline constexpr std::array kViewerStates{"connecting"sv, "live"sv};

inline telemetry::CameraFigures porch() {
  telemetry::CameraFigures camera;
  camera.id = base::CameraId("porch");
  camera.state = {kCameraStates, "live"};
  camera.resolution = {1280, 720};
  camera.frameRate = {30000, 1001};
  camera.encode = {9'007'199'254'740'991, 2'000'000, 30, 4, 5, 6, 7, 8};
  camera.encoder = "x264enc";
  camera.encoderKind = "software";
  camera.encoderCores = 0.25;
  camera.sinceLastFrame = milliseconds(33);
  camera.starts = 3;
  camera.restarts = {{"encoder", 1}, {"pipeline", 2}};
  camera.isFrozen = true;
  camera.paceRatio = 0.5;
  camera.sessions = 12;
  camera.sent = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  return camera;
}

inline telemetry::CameraFigures garden() {
  telemetry::CameraFigures camera;
  camera.id = base::CameraId("garden");
  camera.state = {kCameraStates, "idle"};
  camera.restarts = {{"encoder", 0}, {"pipeline", 0}};
  return camera;
}

inline telemetry::ViewerFigures viewer(const std::string& session) {
  telemetry::ViewerFigures viewer;
  viewer.session = session;
  viewer.camera = base::CameraId("porch");
  viewer.state = {kViewerStates, "connecting"};
  viewer.age = milliseconds(1500);
  return viewer;
}

inline telemetry::DeviceFigures everything() {
  telemetry::DeviceFigures device;
  device.version = "1.2.3";
  device.connections = 5;
  device.broker = {true, {{"retained", 3}}};
  device.process = telemetry::ProcessFigures{
      std::chrono::duration<double>(1.5), std::chrono::duration<double>(1.75e9), 1000, 2000, 30, 40, 1024};
  device.cameras = {porch(), garden()};
  device.viewers = {viewer("a1b2c3d4"), viewer("a1b2c3d4-2")};
  telemetry::ViewerFigures& live = device.viewers.front();
  live.state.is = "live";
  live.peer.sent = {10, 20, 30, 40, 50, 60, 70, 80, 90};
  live.peer.way = {milliseconds(25), milliseconds(3), 0.125, telemetry::Path{"host", "prflx", "udp"}};
  device.refusals = {{"busy", 1}};
  device.ends = {{"left", 2}};
  device.restarts = {{"machine", 0}, {"process", 1}};
  device.troubles = {{"disk-unusable", true}, {"network-lost", false}};
  device.temperatures = {{"cpu-thermal", 51.5}};
  return device;
}

/// With so many viewers more as the first of them, of the longest names.
inline telemetry::DeviceFigures with(telemetry::DeviceFigures device, int more) {
  telemetry::ViewerFigures viewer = device.viewers.front();
  viewer.camera = base::CameraId(std::string(base::kMaxNameIdLength, 'c'));
  for (int i = 0; i < more; ++i) {
    viewer.session = "01234567-" + std::to_string(i);
    device.viewers.push_back(viewer);
  }
  return device;
}

}  // namespace fanlight::metrics::test
