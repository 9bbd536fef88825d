// SPDX-License-Identifier: Apache-2.0
// JSON of the viewer to messages: every field is judged here, so that nothing behind it meets a wrong one.
#include <algorithm>
#include <array>

#include "signaling/codec.h"
#include "signaling/json.h"

namespace fanlight::signaling {
namespace {

// What a viewer names things by; the texts of an SDP and of candidates have limits in messages.h.
constexpr std::size_t kMaxNameBytes = 128;
constexpr std::size_t kMaxTokenBytes = 8 * 1024;
constexpr std::size_t kMaxReasonBytes = 256;
constexpr std::size_t kMaxUfragBytes = 256;  // RFC 8839 §5.4
/// An m-line's number; W3C's is an unsigned short.
constexpr gint64 kMaxMLineIndex = 0xffff;

/// Typed fields of one message. The first that is wrong is remembered and decides; what is read then is of no use.
class Fields {
 public:
  explicit Fields(JsonObject* object) : object_(object) {}

  std::string text(const char* name, std::size_t limit) {
    JsonNode* node = json_object_get_member(object_, name);
    if (!node) {
      reject(ErrorCode::BadMessage, name, "is missing");
      return {};
    }
    return textOf(node, name, limit);
  }

  std::optional<std::string> optionalText(const char* name, std::size_t limit) {
    JsonNode* node = json_object_get_member(object_, name);
    return node ? std::optional(textOf(node, name, limit)) : std::nullopt;
  }

  /// As W3C's dictionaries have it: null says the same as nothing.
  std::optional<std::string> nullableText(const char* name, std::size_t limit) {
    return isNull(name) ? std::nullopt : optionalText(name, limit);
  }

  std::optional<int> nullableIndex(const char* name) {
    if (isNull(name))
      return std::nullopt;
    JsonNode* node = json_object_get_member(object_, name);
    const bool whole = JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_INT64;
    const gint64 index = whole ? json_node_get_int(node) : -1;
    if (index < 0 || index > kMaxMLineIndex)
      reject(ErrorCode::BadMessage, name, "is not a whole number from 0 to 65535");
    return static_cast<int>(index);
  }

  session::SessionId sessionId(const char* name) { return toSessionId(text(name, kMaxMessageBytes), name); }

  std::optional<session::SessionId> optionalSessionId(const char* name) {
    auto value = optionalText(name, kMaxMessageBytes);
    return value ? std::optional(toSessionId(std::move(*value), name)) : std::nullopt;
  }

  base::CameraId cameraId(const char* name) {
    auto value = text(name, kMaxMessageBytes);
    if (!base::isNameId(value))
      reject(ErrorCode::BadMessage, name, "is not 1 to 32 of a-z, 0-9 and '-'");
    return base::CameraId(std::move(value));
  }

  void optionalObject(const char* name) {
    JsonNode* node = json_object_get_member(object_, name);
    if (node && !JSON_NODE_HOLDS_OBJECT(node))
      reject(ErrorCode::BadMessage, name, "is not an object");
  }

  void reject(ErrorCode code, std::string_view name, std::string_view why) {
    if (failure_)
      return;
    failure_ = ErrorMessage{namedSession(), code, "cannot read the message: field '"};
    failure_->message.append(name).append("' ").append(why).append("; it is ignored");
  }

  /// The session that the message is about, where it names one as it should.
  std::optional<session::SessionId> namedSession() const {
    JsonNode* node = json_object_get_member(object_, "session");
    if (!isText(node) || !session::isSessionId(json_node_get_string(node)))
      return std::nullopt;
    return session::SessionId(json_node_get_string(node));
  }

  const std::optional<ErrorMessage>& failure() const { return failure_; }

 private:
  static bool isText(JsonNode* node) {
    return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING;
  }

  bool isNull(const char* name) const {
    JsonNode* node = json_object_get_member(object_, name);
    return !node || JSON_NODE_HOLDS_NULL(node);
  }

  std::string textOf(JsonNode* node, const char* name, std::size_t limit) {
    if (!isText(node)) {
      reject(ErrorCode::BadMessage, name, "is not a string");
      return {};
    }
    std::string value = json_node_get_string(node);
    if (value.size() > limit)
      reject(ErrorCode::TooLarge, name, "has more than " + std::to_string(limit) + " bytes");
    return value;
  }

  session::SessionId toSessionId(std::string value, const char* name) {
    if (!session::isSessionId(value))
      reject(ErrorCode::BadMessage, name, "is not 16 to 64 of A-Z, a-z, 0-9, '_' and '-'");
    return session::SessionId(std::move(value));
  }

  JsonObject* object_;
  std::optional<ErrorMessage> failure_;
};

FromViewer readHello(Fields& fields) {
  return Hello{fields.optionalText("token", kMaxTokenBytes).value_or("")};
}

FromViewer readOffer(Fields& fields) {
  return OfferMessage{fields.sessionId("session"), fields.cameraId("camera"), fields.text("sdp", kMaxSdpBytes),
                      fields.optionalSessionId("replaces")};
}

FromViewer readCandidate(Fields& fields) {
  return CandidateMessage{
      fields.sessionId("session"),
      {fields.text("candidate", kMaxCandidateBytes), fields.nullableText("sdpMid", kMaxNameBytes),
       fields.nullableIndex("sdpMLineIndex"), fields.nullableText("usernameFragment", kMaxUfragBytes)}};
}

FromViewer readCommand(Fields& fields) {
  fields.optionalObject("arguments");
  return Command{fields.text("id", kMaxNameBytes), fields.text("name", kMaxNameBytes)};
}

FromViewer readBye(Fields& fields) {
  return ByeFromViewer{fields.sessionId("session"), fields.optionalText("reason", kMaxReasonBytes).value_or("")};
}

struct Reader {
  std::string_view type;
  FromViewer (*read)(Fields& fields);
};

constexpr std::array<Reader, 5> kReaders{{
    {"hello", readHello},
    {"offer", readOffer},
    {"candidate", readCandidate},
    {"command", readCommand},
    {"bye", readBye},
}};

}  // namespace

tl::expected<FromViewer, ErrorMessage> decode(std::string_view text) {
  if (text.size() > kMaxMessageBytes)
    return tl::unexpected(ErrorMessage{
        std::nullopt, ErrorCode::TooLarge,
        "cannot read the message: it has more than " + std::to_string(kMaxMessageBytes) + " bytes; it is ignored"});
  const auto object = parseObject(text);
  if (!object)
    return tl::unexpected(
        ErrorMessage{std::nullopt, ErrorCode::BadMessage,
                     "cannot read the message as JSON: " + object.error().message + "; it is ignored"});
  Fields fields(object->get());
  const std::string type = fields.text("type", kMaxNameBytes);
  if (fields.failure())
    return tl::unexpected(*fields.failure());
  const auto* reader = std::ranges::find(kReaders, type, &Reader::type);
  if (reader == kReaders.end())
    return tl::unexpected(ErrorMessage{fields.namedSession(), ErrorCode::UnknownType,
                                       "cannot handle message type '" + type + "': it is unknown; it is ignored"});
  FromViewer message = reader->read(fields);
  if (fields.failure())
    return tl::unexpected(*fields.failure());
  return message;
}

}  // namespace fanlight::signaling
