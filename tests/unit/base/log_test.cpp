// SPDX-License-Identifier: Apache-2.0
// One event stays one harmless line, whatever a peer put into it.
#include "base/log.h"

#include <algorithm>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fanlight::base {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class Log : public ::testing::Test {
 protected:
  ~Log() override {
    setLogLevel(LogLevel::Info);
    setLogSink(nullptr);
  }

  template <class Function>
  static std::string captured(Function function) {
    ::testing::internal::CaptureStderr();
    function();
    return ::testing::internal::GetCapturedStderr();
  }
};

TEST_F(Log, WritesTimeLevelAreaAndText) {
  const std::string line = captured([] { logWarning("http", "cannot bind '{}'", "127.0.0.1:80"); });
  EXPECT_THAT(line, MatchesRegex("[0-9:]+\\.[0-9]+ warning http: cannot bind '127.0.0.1:80'\n"));
}

TEST_F(Log, KeepsAnEventOnOneLine) {
  const std::string line = captured([] { logInfo("http", "{}", "a\r\n12:00:00.000 error auth: forged\x1b[31m\x7f"); });
  EXPECT_EQ(std::ranges::count(line, '\n'), 1);
  EXPECT_THAT(line, EndsWith("a??12:00:00.000 error auth: forged?[31m?\n"));
}

TEST_F(Log, KeepsNulOutOfItsLines) {
  const std::string line = captured([] { logInfo("http", "{}", std::string("a\0b", 3)); });
  EXPECT_THAT(line, EndsWith("a?b\n"));
}

TEST_F(Log, WritesNoControlCharacterOfTheSecondBlock) {
  // U+009B begins an escape sequence on some terminals; the letter after it begins with the same byte.
  const std::string line = captured([] {
    logInfo("http", "{}",
            "a\xc2\x9b"
            "31m\xc2\xa9");
  });
  EXPECT_THAT(line, EndsWith("a??31m\xc2\xa9\n"));
}

TEST_F(Log, KeepsTextOfOtherLanguages) {
  EXPECT_THAT(captured([] { logInfo("http", "정원"); }), EndsWith("정원\n"));
}

TEST_F(Log, CutsALongText) {
  const std::string line = captured([] { logInfo("http", "{}", std::string(10 * kMaxLogLine, 'x')); });
  EXPECT_EQ(std::ranges::count(line, 'x'), static_cast<std::ptrdiff_t>(kMaxLogLine));
  EXPECT_THAT(line, EndsWith("x\n"));
}

TEST_F(Log, DropsWhatIsBelowItsLevel) {
  setLogLevel(LogLevel::Warning);
  const std::string lines = captured([] {
    logDebug("area", "debug");
    logInfo("area", "info");
    logWarning("area", "warning");
    logError("area", "error");
  });
  EXPECT_THAT(lines, Not(HasSubstr("debug")));
  EXPECT_THAT(lines, Not(HasSubstr("info")));
  EXPECT_THAT(lines, HasSubstr("warning area: warning\n"));
  EXPECT_THAT(lines, HasSubstr("error area: error\n"));
}

TEST_F(Log, GoesToItsSinkWithItsFields) {
  static std::string kept;
  kept.clear();
  setLogSink([](const LogLine& line) {
    kept += fmt::format("{} {}: {}", static_cast<int>(line.level), line.area, line.text);
    for (const LogField& field : line.fields)
      kept += fmt::format(" {}={}", field.name, field.value);
  });
  const std::string onStandardError = captured([] {
    logEvent(LogLevel::Warning, "camera", {{"CAMERA", "porch"}, {"EVENT", "camera-away"}}, "'{}' is\naway", "porch");
  });
  EXPECT_EQ(kept, "2 camera: 'porch' is?away CAMERA=porch EVENT=camera-away");
  EXPECT_EQ(onStandardError, "");
}

TEST_F(Log, LeavesItsFieldsOutOnStandardError) {
  EXPECT_THAT(captured([] {
                logEvent(LogLevel::Info, "camera", {{"CAMERA", "porch"}}, "back");
              }),
              EndsWith("info camera: back\n"));
}

TEST_F(Log, SaysDebugOnlyWhenAskedTo) {
  EXPECT_EQ(captured([] { logDebug("area", "x"); }), "");
  setLogLevel(LogLevel::Debug);
  EXPECT_THAT(captured([] { logDebug("area", "x"); }), EndsWith("debug area: x\n"));
}

TEST_F(Log, KeepsTheLinesOfThreadsWhole) {
  const std::string lines = captured([] {
    std::vector<std::jthread> threads;
    for (const char letter : {'a', 'b', 'c', 'd'})
      threads.emplace_back([letter] {
        for (int i = 0; i < 100; ++i)
          logInfo("thread", "{}", std::string(100, letter));
      });
  });
  EXPECT_EQ(std::ranges::count(lines, '\n'), 400);
  for (const char letter : {'a', 'b', 'c', 'd'}) {
    std::size_t whole = 0;
    const std::string line = "thread: " + std::string(100, letter) + "\n";
    for (auto at = lines.find(line); at != std::string::npos; at = lines.find(line, at + 1))
      ++whole;
    EXPECT_EQ(whole, 100U) << letter;
  }
}

}  // namespace
}  // namespace fanlight::base
