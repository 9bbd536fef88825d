// SPDX-License-Identifier: Apache-2.0
// What the device remembers of who may do what, and the file that it stands in. Any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "access/token.h"
#include "base/result.h"

namespace fanlight::access {

/// What the device issued, as it counts: of the token itself only the id does.
struct IssuedClaims : Claims {
  bool isOwner = false;  ///< has every right there is, whatever the file says
  session::TokenForm form = session::TokenForm::Link;
  bool operator==(const IssuedClaims&) const = default;
};

struct AccessState {
  base::Secret key;                                 ///< signs the device's own tokens
  std::map<session::GrantId, IssuedClaims> issued;  ///< and not revoked; what is not here holds no more
  /// Of tokens that were signed elsewhere, until when each must be remembered; none: nobody knew the time then.
  std::map<session::GrantId, std::optional<std::chrono::sys_seconds>> revoked;
  /// What was signed elsewhere before this holds no more.
  std::optional<std::chrono::sys_seconds> resetAt;
  bool isResetUndated =
      false;  ///< nobody knew the time at the last reset: until it is dated, nothing of elsewhere holds
};

/// As many tokens as a person can look through.
inline constexpr std::size_t kMaxIssued = 256;
inline constexpr std::size_t kMaxRevoked = 4096;
inline constexpr std::size_t kMaxStateBytes = std::size_t{1024} * 1024;

/// A new device's, with a key of 256 random bits.
AccessState newState();

/// JSON. It holds the key.
std::string write(const AccessState& state);
/// InvalidArgument: what is wrong with it, to stand after a colon.
base::Result<AccessState> read(std::string_view text);

}  // namespace fanlight::access
