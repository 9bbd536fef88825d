// SPDX-License-Identifier: Apache-2.0
// The certificate that the device shows, and the key behind it: given by its owner, or its own. Main thread; reads and
// writes the disk.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "access/state_folder.h"
#include "access/tls_certificate.h"
#include "base/wall_clock.h"

namespace fanlight::access {

/// Of one's own certificate: what a browser that trusts it takes (398 days), and when the next one is made.
inline constexpr std::chrono::days kTlsLifetime{397};
inline constexpr std::chrono::days kTlsRenewal{30};
/// Addresses that the device had before are kept, up to this many in all.
inline constexpr std::size_t kMaxTlsAddresses = 32;

class TlsIdentity {
 public:
  virtual ~TlsIdentity() = default;

  const TlsPair& pair() const { return pair_; }
  /// What a person compares with what the browser shows.
  const std::string& fingerprint() const { return fingerprint_; }
  /// Looks whether there is, or must be, another one; to be asked once a minute. True: pair() is another one. Where
  /// that fails, the one before stays, and why is logged once.
  virtual bool renew() = 0;

 protected:
  /// `pair` has been checked.
  void use(TlsPair pair);
  void complain(const std::string& what);
  void stopComplaining() { complaint_.clear(); }

 private:
  TlsPair pair_;
  std::string fingerprint_;
  std::string complaint_;  ///< the last that was logged
};

/// PEM files; an intermediate certificate stands behind the device's own.
struct TlsFiles {
  std::string certificate;
  std::string key;
};

/// Follows files that others write: certbot, Caddy, step. Fails with Unavailable, naming the file.
base::Result<std::unique_ptr<TlsIdentity>> openTlsFiles(TlsFiles files);

/// What the device's own certificate is made by.
struct TlsMaker {
  std::function<TlsNames()> names;
  const base::WallClock& clock;  ///< outlives the identity
};

/// The device's own, in `folder`, made where it is missing. A key that is there is used, or left as it is: then it
/// fails with InvalidArgument and says what to do. Unavailable: the folder cannot be read or written.
base::Result<std::unique_ptr<TlsIdentity>> openOwnTls(StateFolder folder, TlsMaker maker);

}  // namespace fanlight::access
