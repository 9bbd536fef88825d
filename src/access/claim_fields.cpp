// SPDX-License-Identifier: Apache-2.0
// Times and cameras as JSON.
#include "access/claim_fields.h"

#include "session/tokens.h"

namespace fanlight::access {
namespace {

/// More than there are: those of a newer release may be among them.
constexpr std::size_t kMaxRights = 32;
constexpr std::size_t kMaxRightBytes = 64;
/// The year 9999.
constexpr gint64 kLatest = 253'402'300'799;

}  // namespace

std::optional<std::chrono::sys_seconds> readTime(json::Reader& reader, const char* name) {
  const auto seconds = reader.optionalInteger(name, 0, kLatest);
  return seconds ? std::optional(std::chrono::sys_seconds(std::chrono::seconds(*seconds))) : std::nullopt;
}

void putTime(const json::ObjectRef& object, const char* name, const std::optional<std::chrono::sys_seconds>& time) {
  if (time)
    json::put(object, name, gint64{time->time_since_epoch().count()});
}

std::set<session::Right> readRights(json::Reader& reader) {
  std::set<session::Right> rights;
  for (const std::string& name : reader.texts("rights", kMaxRights, kMaxRightBytes))
    if (const auto right = session::parseRight(name))
      rights.insert(*right);
  return rights;
}

std::optional<std::set<base::CameraId>> readCameras(json::Reader& reader) {
  return reader.optionalIds<base::CameraId>("cameras", session::kMaxTokenCameras, base::kMaxNameIdLength);
}

void putCameras(const json::ObjectRef& object, const std::optional<std::set<base::CameraId>>& cameras) {
  json::putIds(object, "cameras", cameras);
}

}  // namespace fanlight::access
