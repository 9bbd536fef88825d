// SPDX-License-Identifier: Apache-2.0
#include "metrics/text.h"

#include <prometheus/text_serializer.h>

#include "metrics/device_metrics.h"

namespace fanlight::metrics {

std::string toText(const telemetry::DeviceFigures& figures) {
  return prometheus::TextSerializer().Serialize(familiesOf(figures));
}

}  // namespace fanlight::metrics
