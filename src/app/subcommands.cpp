// SPDX-License-Identifier: Apache-2.0
// The subcommands; each reads the configuration first.
#include "app/subcommands.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include <unistd.h>

#include "access/state_folder.h"
#include "access/tls_identity.h"
#include "app/daemon.h"
#include "app/devices_command.h"
#include "app/doctor_command.h"
#include "app/sign_in_parts.h"
#include "app/sound_doctor.h"
#include "app/token_command.h"
#include "base/log.h"
#include "board/encoders.h"
#include "config/explain.h"
#include "config/load.h"
#include "doorbell/key_names.h"
#include "gst/start.h"
#include "http/tls_context.h"
#include "media/test_picture.h"
#include "service/journal.h"

namespace fanlight::app {
namespace {

std::string hostName() {
  std::array<char, 256> name{};
  // Cut or missing, the device gets another default name: nothing else hangs on it.
  [[maybe_unused]] const int result = ::gethostname(name.data(), name.size() - 1);
  return name.data();
}

config::Sources sources(const CommandLine& line) {
  config::Sources files;
  files.named = line.config;
  files.hostName = hostName();
  return files;
}

config::Choices choices() {
  config::Choices known;
  for (const board::EncoderKind& encoder : board::knownEncoders())
    known.encoders.emplace_back(encoder.name);
  known.patterns = media::testPatterns();
  known.keys = doorbell::keyNames();
  return known;
}

void print(const std::vector<config::Problem>& problems) {
  for (const config::Problem& problem : problems)
    fmt::print(stderr, "{}\n", config::toText(problem));
}

/// None: it is wrong, and what is has been printed.
std::optional<config::Settings> load(const CommandLine& line) {
  auto settings = config::load(sources(line), choices());
  if (settings)
    return std::move(*settings);
  print(settings.error());
  return std::nullopt;
}

/// What systemd hands over to the service when it starts, and to nobody else (systemd.exec(5), LoadCredential): a
/// reload's command and an import's cannot look at it.
bool isHandedOver(const std::string& file) {
  return file.starts_with("/run/credentials/") && ::access(file.c_str(), R_OK) != 0;
}

/// Of the keys and certificates that a good configuration names, and without which the daemon does not start.
std::vector<base::Error> errorsInWhatIsNamed(const config::Settings& settings) {
  std::vector<base::Error> errors;
  if (const auto trust = readTrust(settings); !trust)
    errors.push_back(trust.error());
  const config::Http& http = settings.http;
  if (http.tlsListen.empty() || http.certificate.empty())
    return errors;
  if (isHandedOver(http.certificate) || isHandedOver(http.key)) {
    fmt::print(stderr, "'{}' is looked at when the service starts, which systemd hands it to\n", http.certificate);
    return errors;
  }
  const auto usable = access::openTlsFiles({http.certificate, http.key}).and_then([](const auto& given) {
    return http::TlsContext::create(given->pair());
  });
  if (!usable)
    errors.push_back(usable.error());
  return errors;
}

/// Prints what is wrong.
ExitCode judge(const config::Reading& reading) {
  print(reading.problems);
  if (!reading.problems.empty())
    return ExitCode::Config;
  const auto errors = errorsInWhatIsNamed(config::settingsOf(reading));
  for (const base::Error& error : errors)
    fmt::print(stderr, "{}\n", error.message);
  return errors.empty() ? ExitCode::Ok : ExitCode::Config;
}

/// Which one systemd reloads: systemd.exec(5), MAINPID. A number below 2 is a group of processes to kill(2), or its
/// own.
std::optional<pid_t> mainProcess() {
  const char* text = std::getenv("MAINPID");
  pid_t process = 0;
  if (!text || std::from_chars(text, text + std::strlen(text), process).ec != std::errc() || process < 2)
    return std::nullopt;
  return process;
}

std::string stateFolder(const CommandLine& line) {
  return line.stateDir ? *line.stateDir : access::standardStateFolder();
}

ExitCode codeOf(const base::Error& error) {
  switch (error.code) {
    case base::ErrorCode::InvalidArgument:
      return ExitCode::Config;
    case base::ErrorCode::Internal:
      return ExitCode::Internal;
    case base::ErrorCode::NotFound:
    case base::ErrorCode::Unavailable:
    case base::ErrorCode::Busy:
    case base::ErrorCode::Unsupported:
    case base::ErrorCode::Timeout:
      break;
  }
  return ExitCode::Unavailable;
}

}  // namespace

ExitCode run(const CommandLine& line) {
  const auto settings = load(line);
  if (!settings)
    return ExitCode::Config;
  base::setLogLevel(settings->log.level);
  service::logToJournal();
  // A viewer that is gone is noticed where it is written to.
  std::signal(SIGPIPE, SIG_IGN);
  gst::start();
  auto daemon = Daemon::create(*settings, {stateFolder(line), {sources(line), choices()}, line.fallbackTestPicture});
  if (!daemon) {
    base::logError("fanlight", "{}; stopping", daemon.error().message);
    return codeOf(daemon.error());
  }
  return (*daemon)->run();
}

ExitCode token(const CommandLine& line) {
  const auto settings = load(line);
  if (!settings)
    return ExitCode::Config;
  // What it did it says itself.
  base::setLogLevel(base::LogLevel::Warning);
  return runToken(line.token, *settings, stateFolder(line));
}

ExitCode devices() {
  // What it finds it prints.
  base::setLogLevel(base::LogLevel::Warning);
  gst::start();
  return runDevices();
}

ExitCode doctor(const CommandLine& line) {
  const auto settings = load(line);
  if (!settings)
    return ExitCode::Config;
  // What it finds it prints; what a device says of itself it prints as a reason.
  base::setLogLevel(base::LogLevel::Error);
  gst::start();
  return line.sound ? runSoundDoctor(*settings) : runDoctor(*settings, stateFolder(line));
}

ExitCode check(const CommandLine& line) {
  const config::Reading reading = config::read(sources(line), choices());
  fmt::print("{}", config::explain(reading));
  return judge(reading);
}

ExitCode reload(const CommandLine& line) {
  const auto process = mainProcess();
  if (!process) {
    fmt::print(stderr, "there is no service to tell in $MAINPID: type 'systemctl reload fanlight'\n");
    return ExitCode::Usage;
  }
  if (const ExitCode code = judge(config::read(sources(line), choices())); code != ExitCode::Ok) {
    fmt::print(stderr, "the service goes on with the configuration that it has\n");
    return code;
  }
  if (::kill(*process, SIGHUP) == 0)
    return ExitCode::Ok;
  fmt::print(stderr, "process {} cannot be told: {}\n", *process, std::strerror(errno));
  return ExitCode::Unavailable;
}

}  // namespace fanlight::app
