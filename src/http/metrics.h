// SPDX-License-Identifier: Apache-2.0
// The figures in Prometheus' text format, by prometheus-cpp's serializer. README.md says what each metric means. Any
// thread.
#pragma once

#include <string>

#include "http/response.h"
#include "telemetry/device_figures.h"

namespace fanlight::http {

/// What a viewer adds at most; there are never more than `limits.viewers`.
inline constexpr std::size_t kMetricsBytesAViewer = 2000;

/// Text format 0.0.4: about 8 kB of help and of the process, 2 kB a camera, and the viewers.
std::string metricsText(const telemetry::DeviceFigures& figures);

/// The same as what a scraper is answered.
Response metricsResponse(const telemetry::DeviceFigures& figures);

}  // namespace fanlight::http
