// SPDX-License-Identifier: Apache-2.0
// RFC 6455 frames as a server reads and writes them, text messages only. Pure: bytes in, messages out. Any thread.
//
// libsoup has a WebSocket of its own. The one of the floor (3.2) puts no limit on a message that comes in fragments, on
// what waits to be sent, or on how long it reads from one peer in a go, and drops a peer that sends too much without
// telling it; so it is not for peers who are not trusted. Its handshake is used.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <tl/expected.hpp>

namespace fanlight::http {

/// RFC 6455 section 7.4.1.
enum class CloseCode : std::uint16_t {
  Normal = 1000,
  GoingAway = 1001,
  ProtocolError = 1002,
  UnsupportedData = 1003,  ///< a binary message
  BadData = 1007,          ///< text that is not UTF-8
  PolicyViolation = 1008,
  TooBig = 1009,
};

struct TextMessage {
  std::string text;
};
struct Ping {
  std::string payload;
};
struct Pong {};
struct PeerClose {
  std::uint16_t code = 0;  ///< 0: none was given
};
using WebSocketEvent = std::variant<TextMessage, Ping, Pong, PeerClose>;

/// What the peer did wrong; nothing that follows can be read.
struct Violation {
  CloseCode code = CloseCode::ProtocolError;
  std::string_view what;
};

class WebSocketReader {
 public:
  /// A message of more than `maxMessageBytes` in all its fragments is a violation, seen before it is taken in.
  explicit WebSocketReader(std::size_t maxMessageBytes) : maxMessageBytes_(maxMessageBytes) {}

  void feed(std::string_view bytes);
  /// The next event of what was fed; none: more bytes are needed.
  tl::expected<std::optional<WebSocketEvent>, Violation> next();
  /// How many frames have come, for a limit of their rate.
  std::uint64_t frames() const { return frames_; }

 private:
  struct Frame;
  std::string_view unread() const { return std::string_view(incoming_).substr(read_); }
  tl::expected<std::optional<Frame>, Violation> readHeader() const;
  tl::expected<void, Violation> judge(const Frame& frame) const;
  tl::expected<std::optional<WebSocketEvent>, Violation> take(const Frame& frame, std::string payload);
  tl::expected<std::optional<WebSocketEvent>, Violation> finishMessage();

  const std::size_t maxMessageBytes_;
  std::string incoming_;
  std::size_t read_ = 0;  ///< of `incoming_`
  std::string message_;   ///< of fragments, so far
  bool isInMessage_ = false;
  std::uint64_t frames_ = 0;
};

std::string textFrame(std::string_view text);
std::string pingFrame();
std::string pongFrame(std::string_view payload);
/// `why` is cut to what fits.
std::string closeFrame(CloseCode code, std::string_view why);

}  // namespace fanlight::http
