// SPDX-License-Identifier: Apache-2.0
// Frames of RFC 6455 section 5.
#include "http/web_socket_codec.h"

#include <utility>

#include <glib.h>

namespace fanlight::http {
namespace {

constexpr unsigned kContinuation = 0x0;
constexpr unsigned kText = 0x1;
constexpr unsigned kBinary = 0x2;
constexpr unsigned kClose = 0x8;
constexpr unsigned kPing = 0x9;
constexpr unsigned kPong = 0xa;

constexpr unsigned kFinalBit = 0x80;
constexpr unsigned kReservedBits = 0x70;
constexpr unsigned kOpcodeBits = 0x0f;
constexpr unsigned kControlBit = 0x08;
constexpr unsigned kMaskBit = 0x80;
constexpr unsigned kLengthBits = 0x7f;
constexpr std::size_t kMaskBytes = 4;
constexpr std::size_t kMaxControlPayload = 125;
constexpr std::size_t kMax16BitLength = 0xffff;

tl::unexpected<Violation> violate(CloseCode code, std::string_view what) {
  return tl::unexpected<Violation>(Violation{code, what});
}

unsigned byteAt(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::uint64_t bigEndian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at)
    value = value << 8 | byteAt(bytes, at);
  return value;
}

/// GLib's check stops at NUL, which is a character like others here.
bool isUtf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\0');
    const std::string_view part = text.substr(0, end);
    if (!g_utf8_validate_len(part.data(), part.size(), nullptr))
      return false;
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return true;
}

/// Section 7.4: what an endpoint may put into a close frame.
bool isCloseCode(unsigned code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

tl::expected<PeerClose, Violation> readClose(std::string_view payload) {
  if (payload.empty())
    return PeerClose{};
  if (payload.size() == 1)
    return violate(CloseCode::ProtocolError, "a close code of one byte");
  const auto code = static_cast<std::uint16_t>(bigEndian(payload.substr(0, 2)));
  if (!isCloseCode(code))
    return violate(CloseCode::ProtocolError, "a close code that must not be sent");
  if (!isUtf8(payload.substr(2)))
    return violate(CloseCode::BadData, "a close reason that is not UTF-8");
  return PeerClose{code};
}

std::string frame(unsigned opcode, std::string_view payload) {
  std::string bytes(1, static_cast<char>(kFinalBit | opcode));
  const auto append = [&bytes](std::uint64_t value, int count) {
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8)
      bytes += static_cast<char>(value >> shift & 0xff);
  };
  if (payload.size() <= kMaxControlPayload) {
    append(payload.size(), 1);
  } else if (payload.size() <= kMax16BitLength) {
    append(126, 1);
    append(payload.size(), 2);
  } else {
    append(127, 1);
    append(payload.size(), 8);
  }
  return bytes.append(payload);
}

}  // namespace

struct WebSocketReader::Frame {
  unsigned opcode = 0;
  bool isFinal = false;
  bool isControl() const { return (opcode & kControlBit) != 0; }
  std::uint64_t length = 0;
  std::size_t headerBytes = 0;  ///< with the mask
};

void WebSocketReader::feed(std::string_view bytes) {
  incoming_.erase(0, std::exchange(read_, 0));
  incoming_ += bytes;
}

/// None: more bytes are needed.
tl::expected<std::optional<WebSocketReader::Frame>, Violation> WebSocketReader::readHeader() const {
  const std::string_view incoming = unread();
  if (incoming.size() < 2)
    return std::nullopt;
  const unsigned first = byteAt(incoming, 0);
  const unsigned second = byteAt(incoming, 1);
  if ((first & kReservedBits) != 0)
    return violate(CloseCode::ProtocolError, "a reserved bit is set");
  if ((second & kMaskBit) == 0)
    return violate(CloseCode::ProtocolError, "a frame is not masked");
  const unsigned shortLength = second & kLengthBits;
  const std::size_t lengthBytes = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
  if (incoming.size() < 2 + lengthBytes + kMaskBytes)
    return std::nullopt;
  Frame frame{first & kOpcodeBits, (first & kFinalBit) != 0, shortLength, 2 + lengthBytes + kMaskBytes};
  if (lengthBytes == 0)
    return frame;
  frame.length = bigEndian(incoming.substr(2, lengthBytes));
  if (frame.length <= (lengthBytes == 2 ? kMaxControlPayload : kMax16BitLength))
    return violate(CloseCode::ProtocolError, "a length takes more bytes than it needs");
  return frame;
}

tl::expected<void, Violation> WebSocketReader::judge(const Frame& frame) const {
  switch (frame.opcode) {
    case kContinuation:
      if (!isInMessage_)
        return violate(CloseCode::ProtocolError, "a continuation of no message");
      break;
    case kText:
      if (isInMessage_)
        return violate(CloseCode::ProtocolError, "a message inside a message");
      break;
    case kBinary:
      return violate(CloseCode::UnsupportedData, "binary messages are not taken");
    case kClose:
    case kPing:
    case kPong:
      if (!frame.isFinal || frame.length > kMaxControlPayload)
        return violate(CloseCode::ProtocolError, "a control frame is too long or in fragments");
      return {};
    default:
      return violate(CloseCode::ProtocolError, "an unknown kind of frame");
  }
  if (frame.length > maxMessageBytes_ - message_.size())
    return violate(CloseCode::TooBig, "a message is too long");
  return {};
}

tl::expected<std::optional<WebSocketEvent>, Violation> WebSocketReader::next() {
  for (;;) {
    const auto header = readHeader();
    if (!header)
      return tl::unexpected(header.error());
    if (!*header)
      return std::nullopt;
    const Frame& frame = **header;
    if (const auto judged = judge(frame); !judged)
      return tl::unexpected(judged.error());
    const std::string_view incoming = unread();
    if (incoming.size() < frame.headerBytes + frame.length)
      return std::nullopt;
    const std::string_view mask = incoming.substr(frame.headerBytes - kMaskBytes, kMaskBytes);
    std::string payload(incoming.substr(frame.headerBytes, frame.length));
    for (std::size_t at = 0; at < payload.size(); ++at)
      payload[at] = static_cast<char>(payload[at] ^ mask[at % kMaskBytes]);
    read_ += frame.headerBytes + frame.length;
    ++frames_;
    auto event = take(frame, std::move(payload));
    if (!event || *event)
      return event;
  }
}

/// None: a fragment, with more to come.
tl::expected<std::optional<WebSocketEvent>, Violation> WebSocketReader::take(const Frame& frame, std::string payload) {
  if (frame.opcode == kPing)
    return Ping{std::move(payload)};
  if (frame.opcode == kPong)
    return Pong{};
  if (frame.opcode == kClose) {
    const auto close = readClose(payload);
    return close ? tl::expected<std::optional<WebSocketEvent>, Violation>(*close) : tl::unexpected(close.error());
  }
  message_ += payload;
  isInMessage_ = !frame.isFinal;
  return frame.isFinal ? finishMessage() : std::nullopt;
}

tl::expected<std::optional<WebSocketEvent>, Violation> WebSocketReader::finishMessage() {
  TextMessage message{std::exchange(message_, {})};
  if (!isUtf8(message.text))
    return violate(CloseCode::BadData, "a message is not UTF-8");
  return message;
}

std::string textFrame(std::string_view text) {
  return frame(kText, text);
}

std::string pingFrame() {
  return frame(kPing, {});
}

std::string pongFrame(std::string_view payload) {
  return frame(kPong, payload.substr(0, kMaxControlPayload));
}

std::string closeFrame(CloseCode code, std::string_view why) {
  const auto value = static_cast<std::uint16_t>(code);
  std::string payload = {static_cast<char>(value >> 8), static_cast<char>(value & 0xff)};
  return frame(kClose, payload.append(why.substr(0, kMaxControlPayload - payload.size())));
}

}  // namespace fanlight::http
