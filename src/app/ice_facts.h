// SPDX-License-Identifier: Apache-2.0
// What the doctor has seen of the network and of the servers that are to help through it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ice_url.h"
#include "base/values.h"
#include "ice/server_probe.h"
#include "session/finding.h"

namespace fanlight::app {

/// How a server knows the device.
enum class CredentialKind { None, Password, Secret, Service };

/// One address of one server.
struct TriedUrl {
  struct Attempt {
    base::Address server;
    ice::ProbeOutcome outcome;
  };
  base::IceServerId server;
  std::string text;  ///< as it is configured, or as a service tells it
  base::IceUrl url;
  CredentialKind credential = CredentialKind::None;
  std::string unresolved;         ///< why its name has no address; empty where it has
  std::vector<Attempt> attempts;  ///< at most one of each family; none of "turns", which the device does not speak
};

/// Where a server sees one and the same port of the device.
struct MappedPort {
  base::Address server;
  base::Address local;
  base::Address mapped;
};

struct IceFacts {
  /// A server of which nothing could be tried, and why.
  struct LeftOut {
    base::IceServerId server;
    std::string why;
    session::FindingCause cause = session::FindingCause::ServerFile;  ///< that, ServerService or ServerClock
  };
  std::vector<LeftOut> leftOut;
  std::vector<TriedUrl> urls;
  std::vector<MappedPort> mappings;  ///< by servers of different addresses; of IPv6 where none has one of IPv4
  /// That was answered, in bytes with its IP header; none where no server answers by UDP.
  std::optional<std::size_t> largestPacket;
  std::vector<std::string> ownAddresses;
};

/// Of what the device sends at most: 1200 bytes of RTP, SRTP's tag, and the headers of UDP, IPv6 and TURN.
inline constexpr std::size_t kNeededPacket = 1280;

}  // namespace fanlight::app
