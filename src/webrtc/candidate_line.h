// SPDX-License-Identifier: Apache-2.0
// A candidate as it is written (RFC 8839, 5.1), taken apart. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fanlight::webrtc {

/// As the text has them; whether an address is one, and a number a number, is for the reader to judge.
struct CandidateLine {
  std::string foundation;
  std::string component;
  std::string transport;
  std::string priority;
  std::string address;
  std::string port;
  std::string type;            ///< "host", "srflx", "prflx", "relay"
  std::string relatedAddress;  ///< of `raddr`; empty where there is none
  std::string relatedPort;     ///< of `rport`, likewise
  std::string extensions;      ///< what follows, as it stands
  bool operator==(const CandidateLine&) const = default;
};

/// With or without "a=" and "candidate:". None where it ends before its type.
std::optional<CandidateLine> parseCandidateLine(std::string_view text);
/// With "candidate:".
std::string toText(const CandidateLine& line);

}  // namespace fanlight::webrtc
