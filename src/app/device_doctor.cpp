// SPDX-License-Identifier: Apache-2.0
#include "app/device_doctor.h"

#include <cerrno>
#include <chrono>
#include <cstring>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/wall_clock.h"
#include "health/disk.h"

namespace fanlight::app {
namespace {

using session::Finding;
using session::FindingCause;
using Verdict = Finding::Verdict;

constexpr const char* kSynchronize =
    "have it kept right: 'systemctl enable --now systemd-timesyncd', and 'timedatectl' tells";

/// adjtimex(2): what a time service tells the kernel. None: the kernel does not say.
std::optional<bool> isKeptRight() {
  struct timex times {};
  const int state = ::adjtimex(&times);
  return state < 0 ? std::nullopt : std::optional(state != TIME_ERROR && (times.status & STA_UNSYNC) == 0);
}

Finding ofTime() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto evidence = fmt::format("it is {:%Y-%m-%d %H:%M:%S} UTC by its clock", now);
  if (!base::SystemClock().now())
    return {Verdict::Broken, "time",
            evidence +
                ", which has not been set: no link that ends lets anybody in, and no "
                "credentials for TURN are made",
            kSynchronize, FindingCause::ClockUnset};
  const auto kept = isKeptRight();
  if (!kept)
    return {Verdict::Ok, "time", std::move(evidence), ""};
  if (!*kept)
    return {Verdict::Warning, "time", evidence + ", which nothing keeps right", kSynchronize,
            FindingCause::ClockUnkept};
  return {Verdict::Ok, "time", evidence + ", which is kept right", ""};
}

Finding ofDisk(const std::string& folder) {
  if (::access(folder.c_str(), F_OK) != 0 && errno == ENOENT)
    return {Verdict::Untried, "disk", fmt::format("'{}' is not there yet; the daemon makes it", folder), "",
            FindingCause::DiskAbsent};
  if (auto why = health::whyNotWritable(folder, health::kLeastFreeBytes))
    return {Verdict::Broken, "disk", std::move(*why),
            "make room there, or look with 'dmesg' why it cannot be written; '--state-dir' names another folder",
            FindingCause::DiskUnusable};
  if (::access(folder.c_str(), W_OK) != 0)
    return {Verdict::Broken, "disk", fmt::format("'{}' cannot be written: {}", folder, std::strerror(errno)),
            "try it as the service's user: 'sudo -u fanlight fanlight doctor'", FindingCause::DiskForbidden};
  const auto free = health::freeBytes(folder).value_or(0);
  return {Verdict::Ok, "disk", fmt::format("'{}' can be written, {} MB are free", folder, free / 1'000'000), ""};
}

}  // namespace

session::Findings lookAtDevice(const std::string& stateFolder) {
  return {ofTime(), ofDisk(stateFolder)};
}

}  // namespace fanlight::app
