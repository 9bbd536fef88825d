// SPDX-License-Identifier: Apache-2.0
#include "base/broker_url.h"

#include "base/ascii.h"

namespace fanlight::base {
namespace {

constexpr std::string_view kTls = "mqtts://";
constexpr std::string_view kPlain = "mqtt://";
constexpr std::uint16_t kTlsPort = 8883;
constexpr std::uint16_t kPlainPort = 1883;

}  // namespace

std::optional<BrokerUrl> parseBrokerUrl(std::string_view text) {
  const std::string lower = toLower(text);
  const bool isTls = lower.starts_with(kTls);
  if (!isTls && !lower.starts_with(kPlain))
    return std::nullopt;
  const std::string_view place = std::string_view(lower).substr(isTls ? kTls.size() : kPlain.size());
  auto parsed = parsePlace(place, isTls ? kTlsPort : kPlainPort);
  if (!parsed)
    return std::nullopt;
  return BrokerUrl{isTls, std::move(*parsed)};
}

}  // namespace fanlight::base
