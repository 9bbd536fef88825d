// SPDX-License-Identifier: Apache-2.0
#include "base/broker_url.h"

#include <gtest/gtest.h>

namespace fanlight::base {
namespace {

TEST(BrokerUrl, HasThePortThatStandsThereOrTheUsualOne) {
  EXPECT_EQ(parseBrokerUrl("mqtts://Broker.example"), (BrokerUrl{true, {"broker.example", 8883}}));
  EXPECT_EQ(parseBrokerUrl("MQTTS://broker.example:443"), (BrokerUrl{true, {"broker.example", 443}}));
  EXPECT_EQ(parseBrokerUrl("mqtt://192.0.2.1"), (BrokerUrl{false, {"192.0.2.1", 1883}}));
  EXPECT_EQ(parseBrokerUrl("mqtt://[2001:db8::1]:1884"), (BrokerUrl{false, {"2001:db8::1", 1884}}));
}

TEST(BrokerUrl, IsNothingElse) {
  for (const char* text :
       {"", "mqtt:", "mqtt://", "mqtts://:8883", "broker.example:8883", "tcp://broker.example", "wss://broker.example",
        "mqtt://user@broker.example", "mqtt://broker.example/topic", "mqtt://broker.example:0", "mqtt://2001:db8::1"})
    EXPECT_EQ(parseBrokerUrl(text), std::nullopt) << text;
}

}  // namespace
}  // namespace fanlight::base
