// SPDX-License-Identifier: Apache-2.0
// A line a step: seconds since the machine started, which step, and for what.
#include "service/escalation.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string_view>

#include <fmt/format.h>

#include "glib/atomic_file.h"

namespace fanlight::service {
namespace {

constexpr std::string_view kProcess = "process";
constexpr std::string_view kMachine = "machine";
/// Of a line or two an hour: those of days.
constexpr std::size_t kMaxKept = 100;
constexpr std::size_t kMaxFileBytes = 16'384;

std::int64_t secondsOf(base::TimePoint time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

base::Result<Escalation> Escalation::load(std::string file, bool mayAskForMachine, base::TimePoint now) {
  const auto text = glib::readWhole(file, kMaxFileBytes);
  if (!text)
    return tl::unexpected(text.error());
  Escalation loaded(std::move(file), mayAskForMachine);
  std::istringstream lines(text->value_or(""));
  for (std::string line; std::getline(lines, line);) {
    const auto taken = parse(line);
    if (!taken || taken->at > now)
      return base::fail(base::ErrorCode::Unavailable,
                        fmt::format("'{}' in '{}' is no step that was taken", line, loaded.file_));
    loaded.taken_.push_back(*taken);
  }
  return loaded;
}

std::optional<Escalation::Taken> Escalation::parse(const std::string& line) {
  std::int64_t seconds = 0;
  const char* const end = line.data() + line.size();
  const auto [rest, error] = std::from_chars(line.data(), end, seconds);
  if (error != std::errc() || rest == end || *rest != ' ')
    return std::nullopt;
  const char* const space = std::find(rest + 1, end, ' ');
  const std::string_view step(rest + 1, space);
  const std::string subject(space == end ? end : space + 1, end);
  if ((step != kProcess && step != kMachine) || subject.empty())
    return std::nullopt;
  return Taken{base::TimePoint(std::chrono::seconds(seconds)),
               step == kProcess ? Step::RestartProcess : Step::RestartMachine, subject};
}

std::size_t Escalation::count(Step step) const {
  return static_cast<std::size_t>(std::ranges::count(taken_, step, &Taken::step));
}

std::size_t Escalation::processesSince(base::TimePoint since, const std::string& subject) const {
  return static_cast<std::size_t>(std::ranges::count_if(taken_, [since, &subject](const Taken& taken) {
    return taken.step == Step::RestartProcess && taken.at >= since && taken.subject == subject;
  }));
}

std::optional<Escalation::Step> Escalation::judge(const Fault& fault, base::TimePoint now) const {
  const std::size_t processes = processesSince(now - kMemory, fault.subject);
  // Whoever was asked did not do it, and has said why; what was too early then need not be for ever.
  const bool wasAsked = std::ranges::any_of(
      taken_, [now](const Taken& one) { return one.step == Step::RestartMachine && one.at >= now - kMemory; });
  if (mayAskForMachine_ && !wasAsked && processes >= kProcessesBeforeMachine)
    return fault.lasting > fault.patience ? std::optional(Step::RestartMachine) : std::nullopt;
  base::Duration patience = fault.patience;
  for (std::size_t i = 0; i < processes && patience < kMemory; ++i)
    patience = std::min(2 * patience, kMemory);
  return fault.lasting > patience ? std::optional(Step::RestartProcess) : std::nullopt;
}

base::Result<> Escalation::record(Step step, const Fault& fault, base::TimePoint now) {
  std::vector<Taken> all = taken_;
  all.push_back({now, step, fault.subject});
  if (all.size() > kMaxKept)
    all.erase(all.begin());
  std::string text;
  for (const Taken& taken : all)
    text += fmt::format("{} {} {}\n", secondsOf(taken.at), taken.step == Step::RestartProcess ? kProcess : kMachine,
                        taken.subject);
  return glib::writeAtomically(file_, text).map([this, &all] { taken_ = std::move(all); });
}

}  // namespace fanlight::service
