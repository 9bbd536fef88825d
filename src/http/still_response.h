// SPDX-License-Identifier: Apache-2.0
// A still, or why there is none, over HTTP. Any thread.
#pragma once

#include "http/response.h"
#include "session/stills.h"

namespace fanlight::http {

/// 200 with `image/jpeg` and the picture's age in seconds in `Age` (RFC 9111 section 5.1), which also boards know that
/// have no clock; 204 where there has been no picture yet, which is nobody's error; else 404 or 503 with the reason.
Response stillResponse(const base::Result<session::Still>& still, base::TimePoint now);

}  // namespace fanlight::http
