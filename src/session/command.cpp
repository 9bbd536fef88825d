// SPDX-License-Identifier: Apache-2.0
// Carrying commands out.
#include "session/command.h"

#include <algorithm>

namespace fanlight::session {

Answered<CommandValue> Commands::run(const Command& command, const Grant& caller) {
  const auto runOne = [this, &caller](const auto& one) {
    return access_.check(caller, one.kKind.right, nullptr).and_then([this, &one, &caller] {
      return carryOut(one, caller);
    });
  };
  return std::visit(runOne, command);
}

Answered<CommandValue> Commands::carryOut(const ShareCommand& command, const Grant& caller) {
  const TokenRequest& request = command.request;
  for (const Right right : request.rights)
    if (!caller.rights.contains(right))
      return refuse(RefusalCode::Forbidden,
                    "cannot share '" + std::string(toText(right)) + "': you do not have it; nothing was shared");
  for (const base::CameraId& camera : request.cameras.value_or(std::set<base::CameraId>()))
    if (!catalogue_.find(camera))
      return refuse(RefusalCode::UnknownCamera,
                    "cannot share camera '" + camera.value() + "': there is none; nothing was shared");
  TokenRequest bounded = request;
  bounded.latestEnd = caller.expires;
  return tokens_.issue(bounded).map([](IssuedToken token) { return CommandValue(std::move(token)); });
}

Answered<CommandValue> Commands::carryOut(const ListTokensCommand&, const Grant& caller) {
  return CommandValue(TokenList{tokens_.issued(), caller.id});
}

Answered<CommandValue> Commands::carryOut(const RevokeCommand& command, const Grant&) {
  return tokens_.revoke(command.token).map([] { return CommandValue(); });
}

Answered<CommandValue> Commands::carryOut(const ListViewersCommand&, const Grant&) {
  return CommandValue(registry_.viewers());
}

Answered<CommandValue> Commands::carryOut(const EndCommand& command, const Grant&) {
  return registry_.end(command.session).map([] { return CommandValue(); });
}

Answered<CommandValue> Commands::carryOut(const ListenCommand& command, const Grant& caller) {
  return registry_.listen(command.session, caller, command.isWanted).map([] { return CommandValue(); });
}

Answered<CommandValue> Commands::carryOut(const TalkCommand& command, const Grant& caller) {
  return registry_.talk(command.session, caller, command.isWanted).map([](const std::optional<Turn>& turn) {
    return turn ? CommandValue(*turn) : CommandValue();
  });
}

Answered<CommandValue> Commands::carryOut(const SwitchCommand& command, const Grant& caller) {
  return registry_.switchTo(command.session, caller, command.camera).map([] { return CommandValue(); });
}

Answered<CommandValue> Commands::carryOut(const AnswerCommand& command, const Grant& caller) {
  const Ring* ring = rings_.find(command.input);
  // Who may not see that camera is not told that anybody rings there.
  if (!ring || !mayKnow(access_, caller, *ring))
    return refuse(RefusalCode::BadCommand, "cannot answer '" + command.input.value() + "': nobody has rung there");
  rings_.answer(command.input, caller.name);
  return CommandValue();
}

Answered<CommandValue> Commands::carryOut(const OpenCommand& command, const Grant& caller) {
  const auto output = std::ranges::find(outputs_.outputs(), command.output, &OutputInfo::id);
  // Who may not open it is not told that it is there.
  if (output == outputs_.outputs().end() || !mayOpen(access_, caller, *output))
    return refuse(RefusalCode::BadCommand, "cannot open '" + command.output.value() + "': there is no such output");
  return outputs_.open(output->id, caller.name).map([] { return CommandValue(); });
}

Answered<CommandValue> Commands::carryOut(const PingCommand&, const Grant&) {
  return CommandValue();
}

Answered<CommandValue> Commands::carryOut(const DoctorCommand& command, const Grant& caller) {
  if (command.begins)
    doctor_.begin(caller.name);
  return CommandValue(doctor_.checkUp());
}

}  // namespace fanlight::session
