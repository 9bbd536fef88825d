// SPDX-License-Identifier: Apache-2.0
// One line an event on standard error. Any thread. The only state of the process that everybody may reach.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace fanlight::base {

/// Chosen by who must act: Error the operator now, Warning the operator when it lasts, Info nobody, Debug a developer.
enum class LogLevel { Debug, Info, Warning, Error };

/// Lines below `level` are dropped. Default Info.
void setLogLevel(LogLevel level);
bool isLogged(LogLevel level);

/// Writes one line: time, level, area, text. Control characters in `text` become '?', so that one event stays one
/// line whatever a peer sent; text beyond kMaxLogLine is cut.
void writeLog(LogLevel level, std::string_view area, std::string_view text);
inline constexpr std::size_t kMaxLogLine = 2000;

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
