// SPDX-License-Identifier: Apache-2.0
// Times and cameras as JSON.
#include "access/claim_fields.h"

namespace fanlight::access {
namespace {

constexpr std::size_t kMaxCameras = 64;
constexpr std::size_t kMaxIdBytes = 64;
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

std::optional<std::set<base::CameraId>> readCameras(json::Reader& reader) {
  const auto texts = reader.optionalTexts("cameras", kMaxCameras, kMaxIdBytes);
  if (!texts)
    return std::nullopt;
  std::set<base::CameraId> cameras;
  for (const std::string& text : *texts)
    cameras.insert(base::CameraId(text));
  return cameras;
}

void putCameras(const json::ObjectRef& object, const std::optional<std::set<base::CameraId>>& cameras) {
  if (cameras)
    json::put(object, "cameras", json::toArray(*cameras, [](const base::CameraId& id) { return id.value(); }));
}

}  // namespace fanlight::access
