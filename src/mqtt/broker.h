// SPDX-License-Identifier: Apache-2.0
// How a broker is reached, and what is said by it. Any thread.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/broker_url.h"
#include "base/secret.h"

namespace fanlight::mqtt {

struct Broker {
  base::BrokerUrl url;
  std::string clientId;
  std::string username;  ///< empty: none
  base::Secret password;
  std::string ca;           ///< PEM file, as are the next two; empty: those that the system trusts
  std::string certificate;  ///< empty: none is shown
  std::string key;
  std::chrono::seconds keepalive{30};
};

/// What comes in: signaling's largest message, sealed.
inline constexpr std::size_t kMaxPayloadBytes = 66 * 1024;

struct Message {
  std::string topic;
  std::string payload;
  bool isRetained = false;  ///< it was there before us
  bool isTooLarge = false;  ///< more than kMaxPayloadBytes, which were dropped
};

/// By QoS 1.
struct Publication {
  std::string topic;
  std::string payload;
  bool isRetained = false;
  std::chrono::seconds life{0};  ///< for which the broker keeps it for whom it cannot give it to; zero: for good
};

/// Hands it to the broker, or drops it where there is none.
using Publish = std::function<void(const Publication&)>;

}  // namespace fanlight::mqtt
