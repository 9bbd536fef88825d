// SPDX-License-Identifier: Apache-2.0
// libsystemd does the talking. What it cannot send is lost: the service manager's own limits judge that, not we.
#include "service/notify.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <systemd/sd-daemon.h>

namespace fanlight::service {
namespace {

// The environment is kept: each message looks the socket up there.
void tell(const std::string& message) {
  sd_notify(0, message.c_str());
}

}  // namespace

bool isSupervised() {
  return std::getenv("NOTIFY_SOCKET") != nullptr;
}

std::optional<std::string> runtimeFolder() {
  // Several would stand there with colons between them; the unit names one.
  const char* folder = std::getenv("RUNTIME_DIRECTORY");
  return folder ? std::optional<std::string>(folder) : std::nullopt;
}

bool mayAskForMachine() {
  const char* answer = std::getenv("FANLIGHT_MAY_RESTART_MACHINE");
  return answer && std::string_view(answer) == "yes";
}

void tellReady() {
  tell("READY=1");
}

void tellReloading() {
  // So that a READY=1 from before is not taken for the end of it.
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  tell("RELOADING=1\nMONOTONIC_USEC=" +
       std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(now).count()));
}

void tellStatus(std::string status) {
  // Behind the end of the line would be the next assignment.
  std::ranges::replace(status, '\n', ' ');
  tell("STATUS=" + status);
}

void tellStopping() {
  tell("STOPPING=1");
}

void tellAlive() {
  tell("WATCHDOG=1");
}

std::optional<base::Duration> watchdogTimeout() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0)
    return std::nullopt;
  return std::chrono::microseconds(microseconds);
}

}  // namespace fanlight::service
