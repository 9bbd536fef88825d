// SPDX-License-Identifier: Apache-2.0
#include "app/doctor_command.h"

#include <cstdio>

#include <fmt/format.h>

#include "app/camera_doctor.h"
#include "app/device_doctor.h"
#include "app/finding.h"
#include "app/ice_doctor.h"
#include "app/ice_verdicts.h"

namespace fanlight::app {

ExitCode runDoctor(const config::Settings& settings, const std::string& stateFolder) {
  const glib::MainContext context = glib::MainContext::main();
  bool works = true;
  const auto tell = [&works](const std::vector<Finding>& findings) {
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
  tell(judge(lookAtIce(context, settings.iceServers)));
  return works ? ExitCode::Ok : ExitCode::Unavailable;
}

}  // namespace fanlight::app
