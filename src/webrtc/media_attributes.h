// SPDX-License-Identifier: Apache-2.0
// What the attributes of a media line say (RFC 8866, 6). What is out of its range is not there. The views live as long
// as the SDP. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gst/sdp/sdp.h>

namespace fanlight::webrtc {

enum class Direction { SendReceive, SendOnly, ReceiveOnly, Inactive };

/// Empty for null.
std::string_view view(const char* text);
/// The whole of `text`, without a sign.
std::optional<unsigned> toNumber(std::string_view text);
/// 0 to 127 (RFC 3550, 5.1).
std::optional<unsigned> toPayloadType(std::string_view text);
/// What spaces separate.
std::vector<std::string_view> words(std::string_view text);

std::vector<std::string_view> attributes(const GstSDPMedia* media, const char* name);
std::vector<std::string_view> attributes(const GstSDPMessage* message, const char* name);
std::vector<std::string_view> formats(const GstSDPMedia* media);

/// The part after "PT " of the attribute that is for this payload type.
std::string_view ofPayload(const GstSDPMedia* media, const char* name, std::string_view payloadType);
/// Whether its a=rtpmap is `encoding`, "name/rate" or "name/rate/channels".
bool isEncoding(const GstSDPMedia* media, std::string_view payloadType, const std::string& encoding);
bool hasFeedback(const GstSDPMedia* media, std::string_view payloadType, std::string_view feedback);
/// 1 to 14, as the one-byte form has them (RFC 8285, 4.2).
std::optional<unsigned> extensionId(const GstSDPMedia* media, std::string_view uri);

/// The line's own, else that of the session (RFC 8866, 6.7).
Direction directionOf(const GstSDPMessage* message, const GstSDPMedia* media);
bool receives(Direction direction);
bool sends(Direction direction);

}  // namespace fanlight::webrtc
