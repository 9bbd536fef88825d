// SPDX-License-Identifier: Apache-2.0
// The text that a scraper reads, against tests/fixtures/metrics.
#include "http/metrics.h"

#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::http {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::string_view_literals;

constexpr std::array kCameraStates{"idle"sv, "live"sv};
constexpr std::array kViewerStates{"connecting"sv, "live"sv};

std::string fixture(const std::string& name) {
  std::ifstream file(FIXTURES "/metrics/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A line of help or type, or a series and its value: the library's versions write numbers differently, 2000000 or
/// 2e+06.
using Line = std::pair<std::string, double>;

std::vector<Line> linesOf(const std::string& text) {
  std::vector<Line> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t space = line.rfind(' ');
    if (line.starts_with('#'))
      lines.emplace_back(line, 0);
    else
      lines.emplace_back(line.substr(0, space), std::stod(line.substr(space + 1)));
  }
  return lines;
}

telemetry::CameraFigures porch() {
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

telemetry::CameraFigures garden() {
  telemetry::CameraFigures camera;
  camera.id = base::CameraId("garden");
  camera.state = {kCameraStates, "idle"};
  camera.restarts = {{"encoder", 0}, {"pipeline", 0}};
  return camera;
}

telemetry::ViewerFigures viewer(const std::string& session) {
  telemetry::ViewerFigures viewer;
  viewer.session = session;
  viewer.camera = base::CameraId("porch");
  viewer.state = {kViewerStates, "connecting"};
  viewer.age = milliseconds(1500);
  return viewer;
}

telemetry::DeviceFigures everything() {
  telemetry::DeviceFigures device;
  device.version = "1.2.3";
  device.connections = 5;
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

TEST(Metrics, AreTheTextOfTheFixture) {
  EXPECT_EQ(linesOf(metricsText(everything())), linesOf(fixture("everything.txt")));
}

TEST(Metrics, LeaveOutWhatNobodyMeasures) {
  telemetry::DeviceFigures device;
  device.cameras = {garden()};
  device.viewers = {viewer("a1b2c3d4")};
  const std::string text = metricsText(device);
  for (const char* name : {"temperature", "fanlight_restarts_total", "fanlight_trouble", "round_trip", "jitter",
                           "loss_ratio", "path_info", "last_frame_age", "encoder_info", "encoder_cpu", "process_"})
    EXPECT_THAT(text, Not(HasSubstr(name)));
  EXPECT_THAT(text, HasSubstr("fanlight_viewer_sent_frames_total{camera=\"porch\",session=\"a1b2c3d4\"} 0\n"));
}

TEST(Metrics, KeepTheirLinesApartWhateverALabelHolds) {
  telemetry::DeviceFigures device;
  device.temperatures = {{"a\"b\\c\nd", 20}};
  EXPECT_THAT(metricsText(device), HasSubstr(R"(fanlight_board_temperature_celsius{sensor="a\"b\\c\nd"} 20)"
                                             "\n"));
}

TEST(Metrics, AreAnsweredAsPrometheusReadsThem) {
  const Response response = metricsResponse(everything());
  EXPECT_EQ(response.status, 200U);
  EXPECT_EQ(response.contentType, "text/plain; version=0.0.4; charset=utf-8");
}

TEST(Metrics, TakeNoMoreOfAViewerThanTheirHeaderPromises) {
  telemetry::DeviceFigures device = everything();
  const std::size_t before = metricsText(device).size();
  constexpr int kMore = 100;
  for (int i = 0; i < kMore; ++i) {
    telemetry::ViewerFigures more = device.viewers.front();
    more.camera = base::CameraId(std::string(base::kMaxNameIdLength, 'c'));
    more.session = "01234567-" + std::to_string(i);
    device.viewers.push_back(more);
  }
  EXPECT_LT(metricsText(device).size() - before, kMore * kMetricsBytesAViewer);
}

}  // namespace
}  // namespace fanlight::http
