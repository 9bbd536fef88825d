// SPDX-License-Identifier: Apache-2.0
// A key as text: its id, and behind it what the device alone can make of that id, "ID" + 32 characters of base64url
// (192 bits of HMAC-SHA-256). Short, since it stands in an address. Any thread.
#pragma once

#include <optional>

#include "base/secret.h"
#include "session/access.h"

namespace fanlight::access {

/// The same text each time. `deviceKey`: the one that signs the device's tokens.
base::Secret viewKey(const session::GrantId& id, const base::Secret& deviceKey);

/// The id of `key`, where it was made with `deviceKey`. Takes as long for a wrong first character as for a wrong last.
std::optional<session::GrantId> verifyViewKey(const base::Secret& key, const base::Secret& deviceKey);

/// The id in `key`, which nobody has verified: good for looking up, for nothing else.
std::optional<session::GrantId> unverifiedKeyId(const base::Secret& key);

}  // namespace fanlight::access
