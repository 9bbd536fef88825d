// SPDX-License-Identifier: Apache-2.0
// The members that a token and the state file write alike. Any thread.
#pragma once

#include <chrono>
#include <optional>
#include <set>

#include "base/values.h"
#include "json/read.h"
#include "json/write.h"
#include "session/right.h"

namespace fanlight::access {

/// Seconds since 1970, up to the year 9999.
std::optional<std::chrono::sys_seconds> readTime(json::Reader& reader, const char* name);
void putTime(const json::ObjectRef& object, const char* name, const std::optional<std::chrono::sys_seconds>& time);

/// "rights"; names that are unknown here are a newer release's, and left out.
std::set<session::Right> readRights(json::Reader& reader);

/// "cameras"; none: every camera.
std::optional<std::set<base::CameraId>> readCameras(json::Reader& reader);
void putCameras(const json::ObjectRef& object, const std::optional<std::set<base::CameraId>>& cameras);

}  // namespace fanlight::access
