// SPDX-License-Identifier: Apache-2.0
// JSON of the viewer to messages: every field is judged here, so that nothing behind it meets a wrong one.
#include <algorithm>
#include <array>
#include <iterator>

#include "json/read.h"
#include "signaling/codec.h"
#include "signaling/command_codec.h"

namespace fanlight::signaling {
namespace {

// What a viewer names things by; the texts of an SDP and of candidates have limits in messages.h.
constexpr std::size_t kMaxNameBytes = 128;
constexpr std::size_t kMaxReasonBytes = 256;
constexpr std::size_t kMaxUfragBytes = 256;  // RFC 8839 §5.4
/// An m-line's number; W3C's is an unsigned short.
constexpr gint64 kMaxMLineIndex = 0xffff;

/// The members of one message; what is wrong with them becomes the error that answers it.
class Fields : public json::Reader {
 public:
  explicit Fields(JsonObject* object) : Reader(object), session_(json_object_get_member(object, "session")) {}

  session::SessionId sessionId(const char* name) { return toSessionId(text(name, kMaxMessageBytes), name); }

  std::optional<session::SessionId> optionalSessionId(const char* name) {
    auto value = optionalText(name, kMaxMessageBytes);
    return value ? std::optional(toSessionId(std::move(*value), name)) : std::nullopt;
  }

  base::CameraId cameraId(const char* name) {
    auto value = text(name, kMaxMessageBytes);
    if (!base::isNameId(value))
      reject(name, "is not 1 to 32 of a-z, 0-9 and '-'");
    return base::CameraId(std::move(value));
  }

  std::optional<int> nullableIndex(const char* name) {
    const auto index = nullableInteger(name, 0, kMaxMLineIndex);
    return index ? std::optional(static_cast<int>(*index)) : std::nullopt;
  }

  /// The session that the message is about, where it names one as it should.
  std::optional<session::SessionId> namedSession() const {
    if (!json::isText(session_) || !session::isSessionId(json_node_get_string(session_)))
      return std::nullopt;
    return session::SessionId(json_node_get_string(session_));
  }

  std::optional<ErrorMessage> failure() const {
    if (!fault())
      return std::nullopt;
    return ErrorMessage{namedSession(), fault()->isTooLarge ? ErrorCode::TooLarge : ErrorCode::BadMessage,
                        "cannot read the message: field '" + fault()->field + "' " + fault()->why + "; it is ignored"};
  }

 private:
  session::SessionId toSessionId(std::string value, const char* name) {
    if (!session::isSessionId(value))
      reject(name, "is not 16 to 64 of A-Z, a-z, 0-9, '_' and '-'");
    return session::SessionId(std::move(value));
  }

  JsonNode* session_;
};

FromViewer readHello(Fields& fields) {
  return Hello{base::Secret(fields.optionalText("token", session::kMaxTokenBytes).value_or(""))};
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

CommandError toError(const std::string& name, const CommandFault& fault) {
  const auto* wrong = std::get_if<json::Fault>(&fault);
  if (!wrong)
    return {ErrorCode::UnknownCommand, "cannot run command '" + name + "': it is unknown; nothing was done"};
  return {ErrorCode::BadCommand,
          "cannot run command '" + name + "': argument '" + wrong->field + "' " + wrong->why + "; nothing was done"};
}

FromViewer readCommandMessage(Fields& fields) {
  JsonObject* arguments = fields.optionalObject("arguments");
  std::string id = fields.text("id", kMaxNameBytes);
  const std::string name = fields.text("name", kMaxNameBytes);
  auto command = readCommand(name, arguments);
  if (!command)
    return CommandMessage{std::move(id), name, tl::unexpected(toError(name, command.error()))};
  return CommandMessage{std::move(id), name, std::move(*command)};
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
    {"command", readCommandMessage},
    {"bye", readBye},
}};

}  // namespace

std::vector<std::string_view> viewerMessageTypes() {
  std::vector<std::string_view> types;
  std::ranges::transform(kReaders, std::back_inserter(types), &Reader::type);
  return types;
}

tl::expected<FromViewer, ErrorMessage> decode(std::string_view text) {
  if (text.size() > kMaxMessageBytes)
    return tl::unexpected(ErrorMessage{
        std::nullopt, ErrorCode::TooLarge,
        "cannot read the message: it has more than " + std::to_string(kMaxMessageBytes) + " bytes; it is ignored"});
  const auto object = json::parseObject(text);
  if (!object)
    return tl::unexpected(
        ErrorMessage{std::nullopt, ErrorCode::BadMessage,
                     "cannot read the message as JSON: " + object.error().message + "; it is ignored"});
  Fields fields(object->get());
  const std::string type = fields.text("type", kMaxNameBytes);
  if (const auto failure = fields.failure())
    return tl::unexpected(*failure);
  const auto* reader = std::ranges::find(kReaders, type, &Reader::type);
  if (reader == kReaders.end())
    return tl::unexpected(ErrorMessage{fields.namedSession(), ErrorCode::UnknownType,
                                       "cannot handle message type '" + type + "': it is unknown; it is ignored"});
  FromViewer message = reader->read(fields);
  if (const auto failure = fields.failure())
    return tl::unexpected(*failure);
  return message;
}

}  // namespace fanlight::signaling
