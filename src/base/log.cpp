// SPDX-License-Identifier: Apache-2.0
// Log lines: formatted whole, then written by one call, so that threads never mix theirs.
#include "base/log.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>

#include <unistd.h>

namespace fanlight::base {
namespace {

std::atomic<LogLevel> threshold{LogLevel::Info};
std::atomic<LogSink> sink{nullptr};

std::string_view levelName(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return "debug";
    case LogLevel::Info:
      return "info";
    case LogLevel::Warning:
      return "warning";
    case LogLevel::Error:
      return "error";
  }
  return "?";
}

bool isControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// U+0080 to U+009F in UTF-8; some terminals obey them as well.
bool isSecondControl(char lead, char next) {
  const auto second = static_cast<unsigned char>(next);
  return lead == '\xc2' && second >= 0x80 && second <= 0x9f;
}

void replaceControls(std::string& line) {
  std::ranges::replace_if(line, isControl, '?');
  for (auto at = line.begin(); (at = std::ranges::adjacent_find(at, line.end(), isSecondControl)) != line.end(); ++at)
    at[0] = at[1] = '?';
}

std::string timeOfDay() {
  const auto now = std::chrono::system_clock::now();
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return fmt::format("{:02}:{:02}:{:02}.{:03}", parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds);
}

void writeToStandardError(const LogLine& line) {
  const std::string text = fmt::format("{} {} {}: {}\n", timeOfDay(), levelName(line.level), line.area, line.text);
  // Nothing sensible can be done where standard error is closed.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

void setLogSink(LogSink newSink) {
  sink.store(newSink, std::memory_order_relaxed);
}

void setLogLevel(LogLevel level) {
  threshold.store(level, std::memory_order_relaxed);
}

bool isLogged(LogLevel level) {
  return level >= threshold.load(std::memory_order_relaxed);
}

void writeLog(LogLevel level, std::string_view area, std::string_view text, LogFields fields) {
  if (!isLogged(level))
    return;
  std::string harmless(text.substr(0, kMaxLogLine));
  replaceControls(harmless);
  const LogSink chosen = sink.load(std::memory_order_relaxed);
  (chosen ? chosen : writeToStandardError)({level, area, harmless, fields});
}

}  // namespace fanlight::base
