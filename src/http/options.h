// SPDX-License-Identifier: Apache-2.0
// What the HTTP server is told by the config, and how long it waits for whom. Plain values.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/address.h"

namespace fanlight::http {

/// How long each step of a connection may take; a connection that takes longer is closed.
struct Times {
  std::chrono::milliseconds handshake = std::chrono::seconds(10);  ///< of TLS, from accepting the connection
  std::chrono::milliseconds head = std::chrono::seconds(10);       ///< from then to the end of it
  std::chrono::milliseconds body = std::chrono::seconds(30);       ///< all of it
  std::chrono::milliseconds response = std::chrono::seconds(30);   ///< without the peer taking any of it
  std::chrono::milliseconds linger = std::chrono::seconds(2);      ///< for a refused sender to hear why
  std::chrono::milliseconds hello = std::chrono::seconds(10);      ///< from a WebSocket's handshake
  std::chrono::milliseconds ping = std::chrono::seconds(20);    ///< between two on a WebSocket; two unanswered end it
  std::chrono::milliseconds closing = std::chrono::seconds(5);  ///< for a WebSocket's peer to close as well
  std::chrono::milliseconds candidates = std::chrono::milliseconds(500);  ///< a WHEP answer waits for more of them
};

struct Options {
  std::vector<base::Address> listen;     ///< plain HTTP
  std::vector<base::Address> tlsListen;  ///< HTTPS
  std::vector<std::string> hosts;        ///< further names that the device may be called by
  /// Of other sites' pages that may use the device, and frame its embedded page; lower case.
  std::vector<std::string> origins;
  std::vector<std::string> trustedProxies;  ///< numeric addresses
  int connections = 128;
  int connectionsPerAddress = 16;  ///< one page is two to six while it loads, then one
  Times times;
};

}  // namespace fanlight::http
