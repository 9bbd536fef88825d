// SPDX-License-Identifier: Apache-2.0
#include "app/doctor_command.h"

#include <atomic>
#include <cstdio>

#include <fmt/format.h>

#include "app/camera_doctor.h"
#include "app/device_doctor.h"
#include "app/finding_lines.h"
#include "app/ice_doctor.h"
#include "app/ice_verdicts.h"
#include "base/wall_clock.h"

namespace fanlight::app {

namespace {

/// Once each service that hands out servers has answered, or had its time.
IceTrial trialOf(const glib::MainContext& context, const std::vector<config::IceServer>& settings) {
  const base::SystemClock wallClock;
  const base::SteadyClock clock;
  ice::ServerList list(settings, wallClock, clock);
  const ServedIceServers served(context, list);
  while (!served.isHeard())
    context.iterate(true);
  return trialOf(list, served);
}

}  // namespace

ExitCode runDoctor(const config::Settings& settings, const std::string& stateFolder) {
  const glib::MainContext context = glib::MainContext::main();
  const std::atomic<bool> isUnwanted = false;
  bool works = true;
  const auto tell = [&works](const session::Findings& findings) {
    print(findings);
    works = works && !isBroken(findings);
  };
  // What takes its time is announced.
  const auto announce = [](const char* title) {
    fmt::print("{}\n", title);
    std::fflush(stdout);
  };
  announce("Device");
  tell(lookAtDevice(stateFolder));
  announce("Cameras");
  tell(lookAtCameras(context, settings.cameras));
  announce("Network");
  tell(judge(lookAtIce(trialOf(context, settings.iceServers), isUnwanted)));
  return works ? ExitCode::Ok : ExitCode::Unavailable;
}

}  // namespace fanlight::app
