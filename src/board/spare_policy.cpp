// SPDX-License-Identifier: Apache-2.0
// The decisions of the drawing in the header.
#include "board/spare_policy.h"

#include <algorithm>

#include <fmt/format.h>

namespace fanlight::board {
namespace {

/// The zone that is furthest beyond its limit; nullptr where none is.
const Temperature* hottestIn(const Readings& readings) {
  const auto excess = [](const Temperature& zone) { return zone.celsius - zone.limits.hot; };
  const auto zone = std::ranges::max_element(readings.temperatures, {}, excess);
  return zone != readings.temperatures.end() && excess(*zone) >= 0 ? &*zone : nullptr;
}

bool isCool(const Readings& readings) {
  return std::ranges::all_of(readings.temperatures,
                             [](const Temperature& zone) { return zone.celsius < zone.limits.cool; });
}

}  // namespace

std::optional<SparePolicy::Trouble> SparePolicy::troubleIn(const Readings& readings) {
  if (const Temperature* zone = hottestIn(readings))
    return Trouble{SpareCause::Heat,
                   fmt::format("{} is at {:.1f} °C, hot from {:.0f} °C", zone->zone, zone->celsius, zone->limits.hot)};
  if (readings.isThrottled.value_or(false))
    return Trouble{SpareCause::Heat, "the processor is being throttled"};
  if (readings.isUnderVoltage.value_or(false))
    return Trouble{SpareCause::Power, "the supply's voltage is too low"};
  return std::nullopt;
}

void SparePolicy::onReadings(const Readings& readings, base::TimePoint now) {
  if (!readings.tellAnything())
    return;
  if (readings.isUnderVoltage.value_or(false))
    underVoltageAt_ = now;
  else if (underVoltageAt_ && now - *underVoltageAt_ >= times_.hold)
    underVoltageAt_.reset();
  if (const auto trouble = troubleIn(readings)) {
    calmSince_.reset();
    return stepDown(*trouble, now);
  }
  // What the supply lacks has nothing to do with a board that is warm, and not hot.
  if (cause_ == SpareCause::Heat && !isCool(readings))
    return calmSince_.reset();
  calmSince_ = calmSince_.value_or(now);
  stepUp(now);
}

void SparePolicy::stepDown(const Trouble& trouble, base::TimePoint now) {
  if (step_ == last_ || (changedAt() && now - *changedAt() < times_.betweenSteps))
    return;
  const bool isRelapse = steppedUpAt_ && steppedUpAt_ > steppedDownAt_ && now - *steppedUpAt_ < hold_;
  if (isRelapse)
    hold_ = std::min(2 * hold_, times_.longestHold);
  else if (step_ == 0)
    hold_ = times_.hold;
  ++step_;
  steppedDownAt_ = now;
  cause_ = trouble.cause;
  reason_ = trouble.reason;
}

void SparePolicy::stepUp(base::TimePoint now) {
  // Each step is to be seen at work before the next.
  if (step_ == 0 || now - std::max(*calmSince_, *changedAt()) < hold_)
    return;
  --step_;
  steppedUpAt_ = now;
  reason_ = cause_ == SpareCause::Heat ? "the board is cool again" : "the supply's voltage is good again";
  if (step_ == 0)
    cause_.reset();
}

}  // namespace fanlight::board
