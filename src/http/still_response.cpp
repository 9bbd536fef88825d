// SPDX-License-Identifier: Apache-2.0
// What each failure is over HTTP.
#include "http/still_response.h"

#include <algorithm>
#include <chrono>

namespace fanlight::http {
namespace {

Response failure(const base::Error& error) {
  if (error.code == base::ErrorCode::NotFound)
    return textResponse(404, error.message);
  return textResponse(503, error.message).with("Retry-After", std::to_string(kRetryAfter.count()));
}

}  // namespace

Response stillResponse(const base::Result<session::Still>& still, base::TimePoint now) {
  if (!still)
    return failure(still.error()).with("Cache-Control", "no-store");
  if (!still->jpeg)
    return emptyResponse(204).with("Cache-Control", "no-store");
  const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - still->taken);
  return bodyResponse("image/jpeg", *still->jpeg)
      .with("Age", std::to_string(std::max<std::int64_t>(0, age.count())))
      // The device's own second of caching is enough; nobody else shall keep a picture of somebody's home.
      .with("Cache-Control", "no-store");
}

}  // namespace fanlight::http
