// SPDX-License-Identifier: Apache-2.0
// What is advertised is a server-reflexive candidate to the viewer: the address that somebody outside sees us at.
#include "webrtc/candidate_telling.h"

#include <charconv>

#include <fmt/format.h>

#include "base/address.h"
#include "webrtc/candidate_line.h"

namespace fanlight::webrtc {
namespace {

// RFC 8445, 5.1.2.1: the type's part of a priority. The rest is the one of the address that is forwarded to.
constexpr unsigned kReflexivePreference = 100;
constexpr unsigned kRestOfPriority = 0x00FF'FFFF;
constexpr unsigned kNextLocalPreference = 1U << 8U;

/// RFC 8839, 5.1: who does not want to say where a candidate comes from.
void hideRelated(CandidateLine& line) {
  line.relatedAddress = base::isIpv6(line.address) ? "::" : "0.0.0.0";
  line.relatedPort = "9";
}

CandidateLine advertise(const CandidateLine& host, const std::string& address, unsigned place) {
  CandidateLine line = host;
  line.foundation = fmt::format("advertised{}for{}", place, host.foundation);
  unsigned priority = 0;
  std::from_chars(host.priority.data(), host.priority.data() + host.priority.size(), priority);
  line.priority =
      std::to_string(kReflexivePreference << 24U | ((priority - place * kNextLocalPreference) & kRestOfPriority));
  line.address = address;
  line.type = "srflx";
  hideRelated(line);
  return line;
}

}  // namespace

std::vector<std::string> CandidateTelling::tell(const std::string& candidate) const {
  auto line = parseCandidateLine(candidate);
  if (!line)
    return {candidate};
  std::vector<std::string> told;
  const bool isHost = line->type == "host";
  if (!hidesLocal || !base::isPrivateAddress(line->address)) {
    const bool tellsTooMuch = hidesLocal && base::isPrivateAddress(line->relatedAddress);
    if (tellsTooMuch)
      hideRelated(*line);
    told.push_back(tellsTooMuch ? toText(*line) : candidate);
  }
  if (isHost && !base::isLinkLocalAddress(line->address))
    for (std::size_t i = 0; i < advertised.size(); ++i)
      if (base::isIpv6(advertised[i]) == base::isIpv6(line->address))
        told.push_back(toText(advertise(*line, advertised[i], static_cast<unsigned>(i))));
  return told;
}

}  // namespace fanlight::webrtc
