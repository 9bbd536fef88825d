// SPDX-License-Identifier: Apache-2.0
// Views into the parsed SDP, which outlives them.
#include "webrtc/media_attributes.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

namespace fanlight::webrtc {
namespace {

constexpr unsigned kMaxPayloadType = 127;
constexpr unsigned kMinExtensionId = 1;
constexpr unsigned kMaxExtensionId = 14;

}  // namespace

std::string_view view(const char* text) {
  return text ? std::string_view(text) : std::string_view();
}

std::optional<unsigned> toNumber(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<unsigned> toPayloadType(std::string_view text) {
  const auto number = toNumber(text);
  return number && *number <= kMaxPayloadType ? number : std::nullopt;
}

std::vector<std::string_view> attributes(const GstSDPMedia* media, const char* name) {
  std::vector<std::string_view> values;
  for (guint i = 0; const char* value = gst_sdp_media_get_attribute_val_n(media, name, i); ++i)
    values.emplace_back(value);
  return values;
}

std::vector<std::string_view> attributes(const GstSDPMessage* message, const char* name) {
  std::vector<std::string_view> values;
  for (guint i = 0; const char* value = gst_sdp_message_get_attribute_val_n(message, name, i); ++i)
    values.emplace_back(value);
  return values;
}

std::vector<std::string_view> formats(const GstSDPMedia* media) {
  std::vector<std::string_view> values;
  for (guint i = 0; i < gst_sdp_media_formats_len(media); ++i)
    values.push_back(view(gst_sdp_media_get_format(media, i)));
  return values;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (!word.empty())
      found.push_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return found;
}

std::string_view ofPayload(const GstSDPMedia* media, const char* name, std::string_view payloadType) {
  for (const std::string_view value : attributes(media, name))
    if (value.starts_with(payloadType) && value.substr(payloadType.size()).starts_with(' '))
      return value.substr(payloadType.size() + 1);
  return {};
}

// Encoding names are case-insensitive (RFC 8866, 6.6).
bool isEncoding(const GstSDPMedia* media, std::string_view payloadType, const std::string& encoding) {
  return g_ascii_strcasecmp(std::string(ofPayload(media, "rtpmap", payloadType)).c_str(), encoding.c_str()) == 0;
}

std::optional<unsigned> extensionId(const GstSDPMedia* media, std::string_view uri) {
  for (const std::string_view value : attributes(media, "extmap")) {
    const auto parts = words(value);
    if (parts.size() < 2 || parts[1] != uri)
      continue;
    // The id may carry a direction: "4/sendonly".
    const auto id = toNumber(parts[0].substr(0, parts[0].find('/')));
    if (id && *id >= kMinExtensionId && *id <= kMaxExtensionId)
      return id;
  }
  return std::nullopt;
}

bool hasFeedback(const GstSDPMedia* media, std::string_view payloadType, std::string_view feedback) {
  return std::ranges::any_of(attributes(media, "rtcp-fb"), [payloadType, feedback](std::string_view value) {
    const std::size_t space = value.find(' ');
    // pion writes "nack " where there is no parameter.
    return space != std::string_view::npos && words(value.substr(space)) == words(feedback) &&
           (value.substr(0, space) == payloadType || value.substr(0, space) == "*");
  });
}

Direction directionOf(const GstSDPMessage* message, const GstSDPMedia* media) {
  constexpr std::pair<const char*, Direction> kNames[] = {{"sendrecv", Direction::SendReceive},
                                                          {"sendonly", Direction::SendOnly},
                                                          {"recvonly", Direction::ReceiveOnly},
                                                          {"inactive", Direction::Inactive}};
  for (const auto& [name, direction] : kNames)
    if (gst_sdp_media_get_attribute_val(media, name))
      return direction;
  for (const auto& [name, direction] : kNames)
    if (gst_sdp_message_get_attribute_val(message, name))
      return direction;
  return Direction::SendReceive;
}

bool receives(Direction direction) {
  return direction == Direction::SendReceive || direction == Direction::ReceiveOnly;
}

bool sends(Direction direction) {
  return direction == Direction::SendReceive || direction == Direction::SendOnly;
}

}  // namespace fanlight::webrtc
