// SPDX-License-Identifier: Apache-2.0
// Metrics as JSON, for who has no reader of Prometheus' text: the same names, labels and values. Any thread.
#pragma once

#include <string>

#include "telemetry/device_figures.h"

namespace fanlight::metrics {

/// What a viewer adds at most.
inline constexpr std::size_t kJsonBytesAViewer = 2500;

/// An object, a member each metric: a number where it has no labels, else a list of objects that have each label's word
/// under the label's name, and the number under "value".
std::string toJson(const telemetry::DeviceFigures& figures);

}  // namespace fanlight::metrics
