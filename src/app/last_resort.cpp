// SPDX-License-Identifier: Apache-2.0
// From faults to steps.
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
  folder_ = *folder;
  auto loaded = service::Escalation::load(folder_ + kRecord, service::mayAskForMachine(), clock_.now());
  if (!loaded)
    base::logWarning("fanlight", "{}; what earlier processes were ended for does not count", loaded.error().message);
  escalation_ = loaded ? std::move(*loaded) : service::Escalation(folder_ + kRecord, service::mayAskForMachine());
}

bool LastResort::mustLeave(const std::vector<service::Fault>& faults) {
  if (!escalation_)
    return false;
  for (const service::Fault& fault : faults)
    if (const auto step = escalation_->judge(fault, clock_.now()))
      return take(*step, fault);
  return false;
}

telemetry::Counts LastResort::taken() const {
  using Step = service::Escalation::Step;
  if (!escalation_)
    return {};
  return {{"process", escalation_->count(Step::RestartProcess)}, {"machine", escalation_->count(Step::RestartMachine)}};
}

bool LastResort::take(service::Escalation::Step step, const service::Fault& fault) {
  if (const auto prepared = prepare(step, fault); !prepared) {
    if (!std::exchange(isHindered_, true))
      base::logError("fanlight", "{}; it goes on as it is, since {}", fault.what, prepared.error().message);
    return false;
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(fault.lasting).count();
  if (step == service::Escalation::Step::RestartMachine)
    base::logEvent(base::LogLevel::Error, "fanlight", {{"EVENT", "machine-restart"}},
                   "{} for {} s, and new processes did not help: asking for a restart of the machine", fault.what,
                   seconds);
  else
    base::logEvent(base::LogLevel::Error, "fanlight", {{"EVENT", "process-restart"}},
                   "{} for {} s: leaving it to a new process", fault.what, seconds);
  return true;
}

base::Result<> LastResort::prepare(service::Escalation::Step step, const service::Fault& fault) {
  const auto recorded = escalation_->record(step, fault, clock_.now());
  if (!recorded || step == service::Escalation::Step::RestartProcess)
    return recorded;
  return glib::writeAtomically(folder_ + kMachineWanted, fault.what + "\n");
}

}  // namespace fanlight::app
