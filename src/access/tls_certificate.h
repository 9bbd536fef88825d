// SPDX-License-Identifier: Apache-2.0
// Certificates for TLS: one's own, made, and anybody's, read. Pure: PEM in, PEM out. Any thread.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace fanlight::access {

/// A certificate, the ones that vouch for it behind it, and its private key, all PEM.
struct TlsPair {
  std::string certificate;
  base::Secret key;
};

/// What a certificate is for (RFC 5280 section 4.2.1.6).
struct TlsNames {
  std::vector<std::string> hosts;      ///< DNS names
  std::vector<std::string> addresses;  ///< IPv4 and IPv6, as inet_ntop(3) writes them
  bool operator==(const TlsNames&) const = default;
};

struct Validity {
  std::chrono::sys_seconds begin;
  std::chrono::sys_seconds end;
};

/// What stands in a certificate.
struct TlsCertificate {
  TlsNames names;
  Validity validity;
  std::string fingerprint;  ///< SHA-256, upper-case hexadecimal pairs with colons, as browsers show it
};

/// ECDSA P-256. Fails with Internal.
base::Result<base::Secret> makeTlsKey();

/// Signed by its own key. Fails with Internal, and with InvalidArgument where the key or a name is none.
base::Result<TlsPair> signByItself(const base::Secret& key, const TlsNames& names, const Validity& validity);

/// The first certificate of `pem`. Fails with InvalidArgument.
base::Result<TlsCertificate> readTlsCertificate(const std::string& pem);

/// Whether the key is the first certificate's; the error says which of the two is wrong, and how.
base::Result<> checkTlsPair(const TlsPair& pair);

}  // namespace fanlight::access
