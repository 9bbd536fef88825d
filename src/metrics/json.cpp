// SPDX-License-Identifier: Apache-2.0
#include "metrics/json.h"

#include <cmath>

#include "json/write.h"
#include "metrics/device_metrics.h"

namespace fanlight::metrics {
namespace {

/// Of all the whole numbers that a double, and so JavaScript, tells apart.
constexpr double kLargestWhole = 9'007'199'254'740'991;

void putNumber(const json::ObjectRef& object, const char* name, double value) {
  if (std::trunc(value) == value && std::abs(value) <= kLargestWhole)
    json::put(object, name, static_cast<gint64>(value));
  else if (std::isfinite(value))
    json::put(object, name, value);
  else
    json::putNull(object, name);
}

double valueOf(const prometheus::MetricFamily& family, const prometheus::ClientMetric& series) {
  return family.type == prometheus::MetricType::Counter ? series.counter.value : series.gauge.value;
}

}  // namespace

std::string toJson(const telemetry::DeviceFigures& figures) {
  auto object = json::newObject();
  for (const prometheus::MetricFamily& family : familiesOf(figures)) {
    const bool hasLabels = !family.metric.front().label.empty();
    if (!hasLabels) {
      putNumber(object, family.name.c_str(), valueOf(family, family.metric.front()));
      continue;
    }
    json::put(object, family.name.c_str(),
              json::toArray(family.metric, [&family](const prometheus::ClientMetric& series) {
                auto one = json::newObject();
                for (const auto& label : series.label)
                  json::put(one, label.name.c_str(), label.value);
                putNumber(one, "value", valueOf(family, series));
                return one;
              }));
  }
  return json::print(object.get());
}

}  // namespace fanlight::metrics
