// SPDX-License-Identifier: Apache-2.0
// How a broker is reached, and what is said by it. Any thread.
#pragma once

#include <chrono>
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

/// What comes in: a message with more is dropped.
inline constexpr std::size_t kMaxMessageBytes = 64 * 1024;

struct Message {
  std::string topic;
  std::string payload;
  bool isRetained = false;  ///< it was there before us
};

/// By QoS 1.
struct Publication {
  std::string topic;
  std::string payload;
  bool isRetained = false;
};

}  // namespace fanlight::mqtt
