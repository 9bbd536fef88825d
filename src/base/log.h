// SPDX-License-Identifier: Apache-2.0
// One line an event on standard error. Any thread. The only state of the process that everybody may reach.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace fanlight::base {

/// Chosen by who must act: Error the operator now, Warning the operator when it lasts, Info nobody, Debug a developer.
enum class LogLevel { Debug, Info, Warning, Error };

/// What an event is about, for a log that can be searched by it: {"CAMERA", "porch"}. Names are upper case, as the
/// journal's are (systemd.journal-fields(7)).
struct LogField {
  std::string_view name;
  std::string_view value;
};
using LogFields = std::initializer_list<LogField>;

/// One event, harmless whatever a peer put into it.
struct LogLine {
  LogLevel level;
  std::string_view area;
  std::string_view text;
  LogFields fields;
};
using LogSink = void (*)(const LogLine&);
/// Where lines go; nullptr, as at first: to standard error, without their fields.
void setLogSink(LogSink sink);

/// Lines below `level` are dropped. Default Info.
void setLogLevel(LogLevel level);
bool isLogged(LogLevel level);

/// Writes one line: time, level, area, text. Control characters in `text` become '?', so that one event stays one
/// line whatever a peer sent; text beyond kMaxLogLine is cut.
void writeLog(LogLevel level, std::string_view area, std::string_view text, LogFields fields = {});
inline constexpr std::size_t kMaxLogLine = 2000;

/// The same with what it is about.
template <class... Args>
void logEvent(LogLevel level, std::string_view area, LogFields fields, fmt::format_string<Args...> format,
              Args&&... args) {
  writeLog(level, area, fmt::format(format, std::forward<Args>(args)...), fields);
}

template <class... Args>
void logDebug(std::string_view area, fmt::format_string<Args...> format, Args&&... args) {
  if (isLogged(LogLevel::Debug))
    writeLog(LogLevel::Debug, area, fmt::format(format, std::forward<Args>(args)...));
}

template <class... Args>
void logInfo(std::string_view area, fmt::format_string<Args...> format, Args&&... args) {
  writeLog(LogLevel::Info, area, fmt::format(format, std::forward<Args>(args)...));
}

template <class... Args>
void logWarning(std::string_view area, fmt::format_string<Args...> format, Args&&... args) {
  writeLog(LogLevel::Warning, area, fmt::format(format, std::forward<Args>(args)...));
}

template <class... Args>
void logError(std::string_view area, fmt::format_string<Args...> format, Args&&... args) {
  writeLog(LogLevel::Error, area, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace fanlight::base
