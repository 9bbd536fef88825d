// SPDX-License-Identifier: Apache-2.0
// The arguments of commands, judged one by one, and their values.
#include "signaling/command_codec.h"

#include <algorithm>

#include "json/write.h"
#include "signaling/names.h"

namespace fanlight::signaling {
namespace {

/// Of a right, a session's id.
constexpr std::size_t kMaxNameBytes = 64;

gint64 secondsOf(std::chrono::sys_seconds time) {
  return time.time_since_epoch().count();
}

session::SessionId readSession(json::Reader& arguments) {
  return session::SessionId(arguments.text("session", kMaxNameBytes));
}

std::set<session::Right> readRights(json::Reader& arguments) {
  std::set<session::Right> rights;
  for (const std::string& text : arguments.texts("rights", session::kRights.size(), kMaxNameBytes)) {
    if (const auto right = session::parseRight(text))
      rights.insert(*right);
    else
      arguments.reject("rights", "holds '" + text + "', which is no right");
  }
  return rights;
}

void readArguments(json::Reader& arguments, session::ShareCommand& command) {
  session::TokenRequest& request = command.request;
  request.name = arguments.text("name", session::kMaxTokenNameBytes);
  request.rights = readRights(arguments);
  request.cameras = arguments.optionalIds<base::CameraId>("cameras", session::kMaxTokenCameras, base::kMaxNameIdLength);
  if (const auto seconds = arguments.optionalInteger("seconds", 1, session::kMaxTokenLifetime.count()))
    request.lifetime = std::chrono::seconds(*seconds);
  const auto form = arguments.optionalText("form", kMaxNameBytes);
  const auto parsed = session::parseTokenForm(form.value_or(std::string(nameOf(request.form))));
  if (parsed)
    request.form = *parsed;
  else
    arguments.reject("form", "is neither 'link' nor 'key'");
}

void readArguments(json::Reader& /*arguments*/, session::ListTokensCommand& /*command*/) {}

void readArguments(json::Reader& arguments, session::RevokeCommand& command) {
  command.token = session::GrantId(arguments.text("token", session::kMaxGrantIdBytes));
}

void readArguments(json::Reader& /*arguments*/, session::ListViewersCommand& /*command*/) {}

void readArguments(json::Reader& arguments, session::EndCommand& command) {
  command.session = readSession(arguments);
}

void readArguments(json::Reader& arguments, session::ListenCommand& command) {
  command.session = readSession(arguments);
  command.isWanted = arguments.optionalBoolean("on").value_or(true);
}

void readArguments(json::Reader& arguments, session::TalkCommand& command) {
  command.session = readSession(arguments);
  command.isWanted = arguments.boolean("on");
}

void readArguments(json::Reader& arguments, session::SwitchCommand& command) {
  command.session = session::SessionId(arguments.text("session", kMaxNameBytes));
  command.camera = base::CameraId(arguments.text("camera", base::kMaxNameIdLength));
}

void readArguments(json::Reader& arguments, session::AnswerCommand& command) {
  command.input = base::InputId(arguments.text("input", base::kMaxNameIdLength));
}

void readArguments(json::Reader& arguments, session::OpenCommand& command) {
  command.output = base::OutputId(arguments.text("output", base::kMaxNameIdLength));
}

void readArguments(json::Reader& /*arguments*/, session::PingCommand& /*command*/) {}

void readArguments(json::Reader& arguments, session::DoctorCommand& command) {
  command.begins = arguments.optionalBoolean("begin").value_or(false);
}

template <class Kind>
session::Command readAs(json::Reader& arguments) {
  Kind command;
  readArguments(arguments, command);
  return command;
}

using ReadCommand = session::Command (*)(json::Reader& arguments);

template <class... Kinds>
constexpr std::array<ReadCommand, sizeof...(Kinds)> readersOf(std::type_identity<std::variant<Kinds...>>) {
  return {&readAs<Kinds>...};
}
/// In the order of session::kCommandKinds.
constexpr auto kReaders = readersOf(std::type_identity<session::Command>());

json::ObjectRef describeToken(const session::TokenInfo& token) {
  auto object = json::newObject();
  json::put(object, "id", token.id.value());
  json::put(object, "name", token.name);
  if (token.form != session::TokenForm::Link)
    json::put(object, "form", session::nameOf(token.form));
  putScope(object, token.rights, token.cameras);
  if (token.created)
    json::put(object, "created", secondsOf(*token.created));
  if (token.expires)
    json::put(object, "expires", secondsOf(*token.expires));
  return object;
}

json::ObjectRef describeViewer(const session::ViewerInfo& viewer) {
  auto object = json::newObject();
  json::put(object, "session", viewer.session.value());
  json::put(object, "camera", viewer.camera.value());
  json::put(object, "token", viewer.grant.value());
  json::put(object, "name", viewer.name);
  json::put(object, "source", viewer.source.value());
  json::put(object, "state", toText(viewer.state));
  json::put(object, "seconds", gint64{std::chrono::duration_cast<std::chrono::seconds>(viewer.age).count()});
  return object;
}

json::ObjectRef describeFinding(const session::Finding& finding) {
  auto object = json::newObject();
  json::put(object, "verdict", toText(finding.verdict));
  json::put(object, "what", finding.what);
  json::put(object, "evidence", finding.evidence);
  if (finding.cause)
    json::put(object, "cause", toText(*finding.cause));
  return object;
}

struct Describe {
  json::ObjectRef operator()(std::monostate) const { return nullptr; }

  json::ObjectRef operator()(const session::IssuedToken& issued) const {
    auto object = describeToken(issued.info);
    json::put(object, "token", issued.token.reveal());
    return object;
  }

  json::ObjectRef operator()(const session::TokenList& list) const {
    auto object = json::newObject();
    json::put(object, "tokens", json::toArray(list.tokens, [&list](const session::TokenInfo& token) {
                auto described = describeToken(token);
                json::putBoolean(described, "own", token.id == list.own);
                return described;
              }));
    return object;
  }

  json::ObjectRef operator()(const std::vector<session::ViewerInfo>& viewers) const {
    auto object = json::newObject();
    json::put(object, "viewers", json::toArray(viewers, describeViewer));
    return object;
  }

  json::ObjectRef operator()(const session::Turn& turn) const {
    auto object = json::newObject();
    putTurn(object, turn);
    return object;
  }

  json::ObjectRef operator()(const session::CheckUp& checkUp) const {
    auto object = json::newObject();
    json::put(object, "state", toText(checkUp.state));
    json::put(object, "findings", json::toArray(checkUp.findings, describeFinding));
    return object;
  }
};

}  // namespace

void putTurn(const json::ObjectRef& object, const session::Turn& turn) {
  json::put(object, "state", turn.isGranted() ? "granted" : "pending");
  if (!turn.isGranted())
    json::put(object, "position", gint64{turn.position});
}

void putScope(const json::ObjectRef& object, const std::set<session::Right>& rights,
              const std::optional<std::set<base::CameraId>>& cameras) {
  json::put(object, "rights", json::toArray(rights, [](session::Right right) { return session::toText(right); }));
  json::putIds(object, "cameras", cameras);
}

tl::expected<session::Command, CommandFault> readCommand(std::string_view name, JsonObject* arguments) {
  const auto* kind = std::ranges::find(session::kCommandKinds, name, &session::CommandKind::name);
  if (kind == session::kCommandKinds.end())
    return tl::unexpected<CommandFault>(UnknownCommandName{});
  const auto none = json::newObject();
  json::Reader reader(arguments ? arguments : none.get());
  session::Command command = kReaders[static_cast<std::size_t>(kind - session::kCommandKinds.begin())](reader);
  if (reader.fault())
    return tl::unexpected<CommandFault>(*reader.fault());
  return command;
}

json::ObjectRef describe(const session::CommandValue& value) {
  return std::visit(Describe(), value);
}

}  // namespace fanlight::signaling
