// SPDX-License-Identifier: Apache-2.0
// What the service manager that started this process is told of it: sd_notify(3). Where none did, nobody hears it. Main
// thread.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"

namespace fanlight::service {

/// Whether somebody listens, and starts this process again when it ends.
bool isSupervised();
/// A folder for what the next process is to know, for as long as the machine runs (systemd.exec(5), RUNTIME_DIRECTORY);
/// none where there is none.
std::optional<std::string> runtimeFolder();
/// Whether a unit that restarts the machine waits for this process to ask (systemd/examples): its owner set
/// FANLIGHT_MAY_RESTART_MACHINE=yes.
bool mayAskForMachine();

/// It listens, and takes viewers.
void tellReady();
/// It reads its configuration anew; tellReady() says that it has.
void tellReloading();
/// One line for `systemctl status`.
void tellStatus(std::string status);
/// It ends, on purpose.
void tellStopping();
/// It makes progress; more than watchdogTimeout() without this, and it is killed.
void tellAlive();
/// None where no watchdog waits for this process: sd_watchdog_enabled(3).
std::optional<base::Duration> watchdogTimeout();

}  // namespace fanlight::service
