// SPDX-License-Identifier: Apache-2.0
#include "mqtt/telemetry.h"

#include <utility>

#include "metrics/json.h"

namespace fanlight::mqtt {

Telemetry::Telemetry(const Topics& topics, base::Duration interval, const telemetry::Source& source,
                     const base::Clock& clock, Publish publish)
    : topic_(topics.telemetry()),
      interval_(interval),
      source_(source),
      clock_(clock),
      publish_(std::move(publish)),
      due_(clock.now()) {}

void Telemetry::begin() {
  due_ = clock_.now();
  tick();
}

void Telemetry::tick() {
  const base::TimePoint now = clock_.now();
  if (interval_ == base::Duration::zero() || now < due_)
    return;
  due_ = now + interval_;
  publish_({topic_, metrics::toJson(source_.figures()), false});
}

}  // namespace fanlight::mqtt
