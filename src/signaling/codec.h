// SPDX-License-Identifier: Apache-2.0
// Messages to JSON and back: one codec for WebSocket, HTTPS, MQTT and the control channel. Any thread.
// tests/fixtures/signaling holds what is valid and what is not; the page's tests read the same files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "signaling/messages.h"

namespace fanlight::signaling {

/// Reads one message. Unknown fields are ignored; the error is what to answer with (its session where one was named).
tl::expected<FromViewer, ErrorMessage> decode(std::string_view text);

/// The types of message that decode() knows.
std::vector<std::string_view> viewerMessageTypes();

/// Writes one message, on one line.
std::string encode(const ToViewer& message);

/// The list of cameras, as `welcome` and GET /api/v1/cameras show it.
std::string encodeCameras(const DeviceInfo& device, const std::vector<session::CameraInfo>& cameras);

/// The same as a device without a request for it says it; `instance` tells one process of it from the next.
std::string encodeInfo(const DeviceInfo& device, const std::vector<session::CameraInfo>& cameras,
                       std::string_view instance);

/// The error that a refusal of the core is on the wire.
ErrorCode toErrorCode(session::RefusalCode code);
std::string_view toText(ErrorCode code);
std::string_view toText(session::EndReason reason);

}  // namespace fanlight::signaling
