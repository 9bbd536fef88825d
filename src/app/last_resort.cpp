// SPDX-License-Identifier: Apache-2.0
// From faults to exit codes.
#include "app/last_resort.h"

#include <utility>

#include "base/log.h"
#include "glib/atomic_file.h"
#include "service/notify.h"

namespace fanlight::app {
namespace {

constexpr const char* kRecord = "/restarts";
/// systemd/fanlight-reboot.path waits for it. An exit code would never come to systemd where a thread hangs in the
/// kernel: such a process does not end.
constexpr const char* kMachineWanted = "/machine-wanted";

}  // namespace

LastResort::LastResort(const base::Clock& clock) : clock_(clock) {
  const auto folder = service::runtimeFolder();
  if (!service::isSupervised() || !folder)
    return;
  auto loaded = service::Escalation::load(*folder + kRecord, service::mayAskForMachine(), clock_.now());
  folder_ = *folder;
  if (!loaded)
    base::logWarning("fanlight", "{}; what earlier processes were ended for does not count", loaded.error().message);
  escalation_ = loaded ? std::move(*loaded) : service::Escalation(*folder + kRecord, service::mayAskForMachine());
}

std::optional<ExitCode> LastResort::judge(const std::vector<service::Fault>& faults) {
  if (!escalation_)
    return std::nullopt;
  for (const service::Fault& fault : faults)
    if (const auto step = escalation_->judge(fault, clock_.now()))
      return take(*step, fault);
  return std::nullopt;
}

telemetry::Counts LastResort::taken() const {
  using Step = service::Escalation::Step;
  if (!escalation_)
    return {};
  return {{"process", escalation_->count(Step::RestartProcess)}, {"machine", escalation_->count(Step::RestartMachine)}};
}

std::optional<ExitCode> LastResort::take(service::Escalation::Step step, const service::Fault& fault) {
  if (const auto prepared = prepare(step, fault); !prepared) {
    if (!std::exchange(isHindered_, true))
      base::logError("fanlight", "{}; it goes on as it is, since {}", fault.what, prepared.error().message);
    return std::nullopt;
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(fault.lasting).count();
  if (step == service::Escalation::Step::RestartMachine) {
    base::logEvent(base::LogLevel::Error, "fanlight", {{"EVENT", "machine-restart"}},
                   "{} for {} s, and new processes did not help: asking for a restart of the machine", fault.what,
                   seconds);
    return ExitCode::Again;
  }
  base::logEvent(base::LogLevel::Error, "fanlight", {{"EVENT", "process-restart"}},
                 "{} for {} s: leaving it to a new process", fault.what, seconds);
  return ExitCode::Again;
}

base::Result<> LastResort::prepare(service::Escalation::Step step, const service::Fault& fault) {
  const auto recorded = escalation_->record(step, fault, clock_.now());
  if (!recorded || step == service::Escalation::Step::RestartProcess)
    return recorded;
  return glib::writeAtomically(folder_ + kMachineWanted, fault.what + "\n");
}

}  // namespace fanlight::app
