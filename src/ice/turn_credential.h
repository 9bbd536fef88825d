// SPDX-License-Identifier: Apache-2.0
// A name and password that a TURN server takes until they end, made from a secret that it shares with us
// (draft-uberti-behave-turn-rest-00; coturn's `use-auth-secret`). Any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace fanlight::ice {

struct TurnCredential {
  std::string username;  ///< "1763900000:NAME": the server reads the end from it
  base::Secret password;
};

/// `name`: for whom, which tells one user's allocations from another's in the server's quotas and log. No colon.
TurnCredential mintCredential(const base::Secret& secret, std::string_view name, std::chrono::sys_seconds expires);

}  // namespace fanlight::ice
