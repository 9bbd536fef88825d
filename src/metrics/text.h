// SPDX-License-Identifier: Apache-2.0
// Metrics as a scraper reads them: Prometheus' text format 0.0.4, by prometheus-cpp's serializer. Any thread.
#pragma once

#include <string>

#include "telemetry/device_figures.h"

namespace fanlight::metrics {

inline constexpr const char* kTextType = "text/plain; version=0.0.4; charset=utf-8";
/// What a viewer adds at most; there are never more than `limits.viewers`.
inline constexpr std::size_t kTextBytesAViewer = 2000;

/// About 8 kB of help and of the process, 2 kB a camera, and the viewers.
std::string toText(const telemetry::DeviceFigures& figures);

}  // namespace fanlight::metrics
