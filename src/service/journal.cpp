// SPDX-License-Identifier: Apache-2.0
// Lines that the journal reads from standard error have one level for all and no fields: hence its own protocol.
#include "service/journal.h"

#include <cstdlib>
#include <string>
#include <vector>

// Where in the source a line was written is of no use to who reads it, and the library adds it by macro.
#define SD_JOURNAL_SUPPRESS_LOCATION

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <syslog.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include "base/log.h"

namespace fanlight::service {
namespace {

bool isReadByJournal() {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat standardError {};
  return stream && ::fstat(STDERR_FILENO, &standardError) == 0 &&
         stream == fmt::format("{}:{}", standardError.st_dev, standardError.st_ino);
}

int priorityOf(base::LogLevel level) {
  switch (level) {
    case base::LogLevel::Debug:
      return LOG_DEBUG;
    case base::LogLevel::Info:
      return LOG_INFO;
    case base::LogLevel::Warning:
      return LOG_WARNING;
    case base::LogLevel::Error:
      break;
  }
  return LOG_ERR;
}

void send(const base::LogLine& line) {
  std::vector<std::string> fields{fmt::format("MESSAGE={}: {}", line.area, line.text),
                                  fmt::format("PRIORITY={}", priorityOf(line.level)), "SYSLOG_IDENTIFIER=fanlight",
                                  fmt::format("FANLIGHT_AREA={}", line.area)};
  for (const base::LogField& field : line.fields)
    fields.push_back(fmt::format("FANLIGHT_{}={}", field.name, field.value));
  std::vector<iovec> parts;
  parts.reserve(fields.size());
  for (std::string& field : fields)
    parts.push_back({field.data(), field.size()});
  // Nothing sensible can be done where the journal does not take it.
  sd_journal_sendv(parts.data(), static_cast<int>(parts.size()));
}

}  // namespace

void logToJournal() {
  if (isReadByJournal())
    base::setLogSink(send);
}

}  // namespace fanlight::service
