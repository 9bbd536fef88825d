// SPDX-License-Identifier: Apache-2.0
// The device's figures at a set pace. Main thread.
#pragma once

#include <string>

#include "base/clock.h"
#include "mqtt/broker.h"
#include "mqtt/topics.h"
#include "telemetry/device_figures.h"

namespace fanlight::mqtt {

class Telemetry {
 public:
  /// `interval`: zero: nothing is said. `source` and `clock` outlive it.
  Telemetry(const Topics& topics, base::Duration interval, const telemetry::Source& source, const base::Clock& clock,
            Publish publish);

  /// To a broker that has just let us in.
  void begin();
  /// Asked once a second, while the broker is there. Not retained: figures are of their moment.
  void tick();

 private:
  const std::string topic_;
  const base::Duration interval_;
  const telemetry::Source& source_;
  const base::Clock& clock_;
  const Publish publish_;
  base::TimePoint due_;
};

}  // namespace fanlight::mqtt
