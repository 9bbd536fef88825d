// SPDX-License-Identifier: Apache-2.0
// Where an MQTT broker is. Any thread.
#pragma once

#include <optional>
#include <string_view>

#include "base/address.h"

namespace fanlight::base {

struct BrokerUrl {
  bool isTls = false;
  Place place;
  bool operator==(const BrokerUrl&) const = default;
};

/// "mqtts://broker.example:8883", or "mqtt:" without TLS. Without a port what IANA has for them: 8883, 1883. No name,
/// password or path stands in it.
std::optional<BrokerUrl> parseBrokerUrl(std::string_view text);

}  // namespace fanlight::base
