// SPDX-License-Identifier: Apache-2.0
// A token as text: a JSON Web Token (RFC 7519), read by RFC 8725's rules. Any thread.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "base/values.h"
#include "session/access.h"

namespace fanlight::access {

/// How a key signs. What a token says of itself decides nothing: each key has its one algorithm.
enum class Algorithm {
  Hs256,  ///< one key for both ends; the device's own
  Es256,  ///< PEM of a P-256 key: the public half reads, the private one signs
};

struct Key {
  Algorithm algorithm = Algorithm::Hs256;
  base::Secret text;
};

/// What a token says. In brackets the name of the claim.
struct Claims {
  session::GrantId id;                              ///< "jti"
  std::string audience;                             ///< "aud": a device's id
  std::set<session::Right> rights;                  ///< "rights"; names that are unknown here are left out
  std::optional<std::set<base::CameraId>> cameras;  ///< "cameras"; none: every camera
  std::string name;                                 ///< "name"; empty: none
  std::optional<std::chrono::sys_seconds> issued;   ///< "iat"
  std::optional<std::chrono::sys_seconds> notBefore;
  std::optional<std::chrono::sys_seconds> expires;
  bool operator==(const Claims&) const = default;
};

/// The same text each time for the same claims, but for Es256, which draws a random number. Internal: the key is none.
base::Result<base::Secret> sign(const Claims& claims, const Key& key);

/// What `token` says, where it was signed by `key`; whether it holds (audience, times) is for the caller to judge.
/// InvalidArgument: it was not, or it is no token.
base::Result<Claims> verify(const base::Secret& token, const Key& key);

/// The id in `token`, which nobody has verified: good for looking up, for nothing else.
std::optional<session::GrantId> unverifiedId(const base::Secret& token);

}  // namespace fanlight::access
