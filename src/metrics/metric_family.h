// SPDX-License-Identifier: Apache-2.0
// One metric with all its series, as prometheus-cpp has it. Any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <prometheus/metric_family.h>

#include "telemetry/device_figures.h"

namespace fanlight::metrics {

using Labels = std::vector<prometheus::ClientMetric::Label>;

/// `labels` and one more.
Labels with(Labels labels, const char* name, std::string_view value);

class MetricFamily {
 public:
  /// `name` ends in `_total`; what it counts never falls.
  static MetricFamily counter(std::string name, std::string help);
  static MetricFamily gauge(std::string name, std::string help);

  void add(Labels labels, double value);
  void add(Labels labels, telemetry::Count value) { add(std::move(labels), static_cast<double>(value)); }
  void add(Labels labels, int value) { add(std::move(labels), static_cast<double>(value)); }
  /// In seconds.
  void add(Labels labels, std::chrono::duration<double> time) { add(std::move(labels), time.count()); }
  /// Nothing where there is none.
  template <class Value>
  void add(Labels labels, const std::optional<Value>& value) {
    if (value)
      add(std::move(labels), *value);
  }
  /// A series for each word that it could be: 1 for the one that it is, 0 for the others.
  void add(const Labels& labels, const telemetry::Choice& state);
  /// A series for each word, under the label `name`.
  void add(const Labels& labels, const char* name, const telemetry::Counts& counts);

  bool isEmpty() const { return family_.metric.empty(); }
  const prometheus::MetricFamily& raw() const { return family_; }

 private:
  MetricFamily(std::string name, std::string help, prometheus::MetricType type);

  prometheus::MetricFamily family_;
};

}  // namespace fanlight::metrics
