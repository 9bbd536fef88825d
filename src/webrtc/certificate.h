// SPDX-License-Identifier: Apache-2.0
// The device's DTLS certificate: ECDSA P-256, self-signed, made once a process and kept in memory. Any thread.
#pragma once

#include <string>

#include "base/result.h"
#include "webrtc/fingerprint.h"

namespace fanlight::webrtc {

struct Certificate {
  std::string pem;  ///< certificate, then private key, as dtlssrtpdec wants them
  /// Of the certificate alone. webrtcbin 1.22 announces a digest of certificate and key together, which no browser can
  /// check, so that the answer is given this one instead.
  Fingerprint fingerprint;
};

/// Takes about a millisecond; an RSA key, which GStreamer makes by itself, takes up to half a second. Fails with
/// Internal.
base::Result<Certificate> createCertificate();

}  // namespace fanlight::webrtc
