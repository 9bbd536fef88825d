// SPDX-License-Identifier: Apache-2.0
// What the doctor says of one thing that it has looked at. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fanlight::session {

/// What a finding comes down to, for those who have words of their own for it.
enum class FindingCause {
  ClockUnset,
  ClockUnkept,  ///< nothing keeps it right
  DiskAbsent,   ///< there is no state yet
  DiskUnusable,
  DiskForbidden,
  NoCamera,
  CameraMissing,
  CameraBusy,
  CameraSettings,
  CameraSilent,
  CameraTrouble,
  CameraWithoutEncoder,  ///< which is why it cannot be tried
  EncoderUnusable,
  EncoderSoftware,
  NoServers,
  ServerFile,
  ServerService,
  ServerClock,
  NameUnknown,
  BrowsersOnly,
  Ipv6Only,
  SecretDiffers,
  PasswordRefused,
  ServiceCredentialsRefused,
  CredentialsMissing,
  RelayForbidden,
  RelayFull,
  Refused,
  Closed,
  Foreign,
  NoRoute,
  Silent,
  UdpUnasked,
  UdpUnknown,
  UdpBlocked,
  UdpRelayed,  ///< it is blocked, and a relay by TCP helps
  NatUnknown,
  NatDependent,
  MtuUnknown,
  MtuSmall,
  Ipv6Untried,
  Ipv6Broken,
};
inline constexpr FindingCause kLastFindingCause = FindingCause::Ipv6Broken;

struct Finding {
  enum class Verdict {
    Ok,
    Warning,  ///< it works, and not as well as it could
    Broken,
    Untried,  ///< it cannot be tried from here
  };
  Verdict verdict = Verdict::Ok;
  std::string what;                   ///< a word: "microphone"
  std::string evidence;               ///< what was seen
  std::string advice;                 ///< what to do, for a terminal; empty where there is nothing to do
  std::optional<FindingCause> cause;  ///< none: the evidence says it all
};

using Findings = std::vector<Finding>;

}  // namespace fanlight::session
