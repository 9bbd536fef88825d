// SPDX-License-Identifier: Apache-2.0
// The public half of a key that a fleet's back end signs tokens with. Any thread.
#pragma once

#include "access/token.h"

namespace fanlight::access {

/// `pem`: a SubjectPublicKeyInfo (RFC 5280) of the curve P-256. InvalidArgument: it is none.
base::Result<Key> readFleetKey(const std::string& pem);

}  // namespace fanlight::access
