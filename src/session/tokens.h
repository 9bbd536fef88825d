// SPDX-License-Identifier: Apache-2.0
// Ports for what makes grants: tokens that the device issues, and how its first owner comes to one. Main thread.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "session/access.h"

namespace fanlight::session {

/// What a token is to allow.
struct TokenRequest {
  std::string name;  ///< 1 to kMaxTokenNameBytes, for people
  std::set<Right> rights;
  std::optional<std::set<base::CameraId>> cameras;  ///< none: every camera
  std::optional<std::chrono::seconds> lifetime;     ///< none: without end, but for:
  std::optional<std::chrono::sys_seconds> latestEnd;
  bool isOwner = false;              ///< every right there is, those of later releases too
  TokenForm form = TokenForm::Link;  ///< Key: to view alone, and `cameras` are named
  bool operator==(const TokenRequest&) const = default;
};
inline constexpr std::size_t kMaxTokenNameBytes = 64;
inline constexpr std::size_t kMaxTokenCameras = 64;
inline constexpr std::chrono::seconds kMaxTokenLifetime = std::chrono::hours(24 * 366 * 10);

/// A token that was issued, but for what makes it one.
struct TokenInfo {
  GrantId id;
  std::string name;
  std::set<Right> rights;
  std::optional<std::set<base::CameraId>> cameras;
  std::optional<std::chrono::sys_seconds> created;  ///< none: the clock was not set then
  std::optional<std::chrono::sys_seconds> expires;
  bool isOwner = false;
  TokenForm form = TokenForm::Link;
  bool operator==(const TokenInfo&) const = default;
};

struct IssuedToken {
  base::Secret token;  ///< what a link has behind #token=, or a key
  TokenInfo info;
};

/// Those that the device signs itself. Waits for the disk: its owner does this a few times a year.
class TokenIssuer {
 public:
  virtual ~TokenIssuer() = default;
  /// Refused: BadCommand, Busy (as many as there may be), ClockUnset (it is to end), Internal (the disk).
  virtual Answered<IssuedToken> issue(const TokenRequest& request) = 0;
  /// Those that have not ended, the oldest first.
  virtual std::vector<TokenInfo> issued() const = 0;
  /// Also of a token that was signed elsewhere, which then need not be known. Refused: Internal (the disk).
  virtual Answered<void> revoke(const GrantId& id) = 0;
};

/// How whoever stands at the device becomes its owner, while it has none.
class Pairing {
 public:
  virtual ~Pairing() = default;
  /// Whether a code is to be seen on the device's console.
  virtual bool isOpen() const = 0;
  /// `code` as it was typed. Refused: NoPairing, WrongCode, TooManyTries, and as issue() does.
  virtual Answered<IssuedToken> claim(const base::Secret& code, const SourceId& source) = 0;
};

}  // namespace fanlight::session
