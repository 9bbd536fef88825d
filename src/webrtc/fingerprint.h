// SPDX-License-Identifier: Apache-2.0
// a=fingerprint (RFC 8122): which certificate the offer promised, and whether it is the one that DTLS showed. Any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fanlight::webrtc {

/// `algorithm` in lower case ("sha-256"), `digest` as upper-case hexadecimal pairs with colons.
struct Fingerprint {
  std::string algorithm;
  std::string digest;
  bool operator==(const Fingerprint&) const = default;
};

/// Reads an attribute's value, "sha-256 AB:CD:…". Fails with InvalidArgument for another form, an algorithm weaker than
/// SHA-256 and a digest of the wrong length.
base::Result<Fingerprint> parseFingerprint(std::string_view value);

/// The digest of a PEM certificate. Fails with InvalidArgument where it is none.
base::Result<Fingerprint> fingerprintOf(const std::string& pem, const std::string& algorithm);

/// Whether the certificate is one of those promised.
bool matchesAny(const std::string& pem, const std::vector<Fingerprint>& promised);

}  // namespace fanlight::webrtc
