// SPDX-License-Identifier: Apache-2.0
// The figures as metrics, for whatever form they are told in. README.md says what each metric means. Any thread.
#pragma once

#include <vector>

#include <prometheus/metric_family.h>

#include "telemetry/device_figures.h"

namespace fanlight::metrics {

using Families = std::vector<prometheus::MetricFamily>;

/// Those that have a series.
Families familiesOf(const telemetry::DeviceFigures& figures);

}  // namespace fanlight::metrics
