// SPDX-License-Identifier: Apache-2.0
// The text that a scraper reads, against tests/fixtures/metrics.
#include "metrics/text.h"

#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "figures.h"

namespace fanlight::metrics {
namespace {

using test::everything;
using test::garden;
using test::viewer;
using ::testing::HasSubstr;
using ::testing::Not;

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

TEST(Metrics, AreTheTextOfTheFixture) {
  EXPECT_EQ(linesOf(toText(everything())), linesOf(fixture("everything.txt")));
}

TEST(Metrics, LeaveOutWhatNobodyMeasures) {
  telemetry::DeviceFigures device;
  device.cameras = {garden()};
  device.viewers = {viewer("a1b2c3d4")};
  const std::string text = toText(device);
  for (const char* name : {"temperature", "fanlight_restarts_total", "fanlight_trouble", "round_trip", "jitter",
                           "loss_ratio", "path_info", "last_frame_age", "encoder_info", "encoder_cpu", "process_"})
    EXPECT_THAT(text, Not(HasSubstr(name)));
  EXPECT_THAT(text, HasSubstr("fanlight_viewer_sent_frames_total{camera=\"porch\",session=\"a1b2c3d4\"} 0\n"));
}

TEST(Metrics, KeepTheirLinesApartWhateverALabelHolds) {
  telemetry::DeviceFigures device;
  device.temperatures = {{"a\"b\\c\nd", 20}};
  EXPECT_THAT(toText(device), HasSubstr(R"(fanlight_board_temperature_celsius{sensor="a\"b\\c\nd"} 20)"
                                        "\n"));
}

TEST(Metrics, TakeNoMoreOfAViewerThanTheirHeaderPromises) {
  constexpr int kMore = 100;
  const telemetry::DeviceFigures few = test::everything();
  EXPECT_LT(toText(test::with(few, kMore)).size() - toText(few).size(), kMore * kTextBytesAViewer);
}

}  // namespace
}  // namespace fanlight::metrics
