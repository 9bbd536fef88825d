// SPDX-License-Identifier: Apache-2.0
// Series.
#include "metrics/metric_family.h"

#include <utility>

namespace fanlight::metrics {

using prometheus::MetricType;

Labels with(Labels labels, const char* name, std::string_view value) {
  labels.push_back({name, std::string(value)});
  return labels;
}

MetricFamily::MetricFamily(std::string name, std::string help, MetricType type) {
  family_.name = std::move(name);
  family_.help = std::move(help);
  family_.type = type;
}

MetricFamily MetricFamily::counter(std::string name, std::string help) {
  return {std::move(name), std::move(help), MetricType::Counter};
}

MetricFamily MetricFamily::gauge(std::string name, std::string help) {
  return {std::move(name), std::move(help), MetricType::Gauge};
}

void MetricFamily::add(Labels labels, double value) {
  prometheus::ClientMetric& series = family_.metric.emplace_back();
  series.label = std::move(labels);
  (family_.type == MetricType::Counter ? series.counter.value : series.gauge.value) = value;
}

void MetricFamily::add(const Labels& labels, const telemetry::Choice& state) {
  for (const std::string_view word : state.of)
    add(with(labels, "state", word), word == state.is ? 1 : 0);
}

void MetricFamily::add(const Labels& labels, const char* name, const telemetry::Counts& counts) {
  for (const auto& [word, count] : counts)
    add(with(labels, name, word), count);
}

}  // namespace fanlight::metrics
