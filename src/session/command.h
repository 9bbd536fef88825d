// SPDX-License-Identifier: Apache-2.0
// What the device can be told to do: the one table of commands, whatever carries them. A new one is a struct with its
// kind, a place in the variant, a case in Commands, and its arguments in signaling/command_codec. Main thread.
#pragma once

#include <array>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "session/doctor.h"
#include "session/outputs.h"
#include "session/registry.h"
#include "session/rings.h"
#include "session/tokens.h"

namespace fanlight::session {

/// A command's name on the wire, and the right that it needs.
struct CommandKind {
  std::string_view name;
  Right right;
};

/// What is shared ends no later than the access of who shares it.
struct ShareCommand {
  static constexpr CommandKind kKind{"share", Right::Admin};
  TokenRequest request;
  bool operator==(const ShareCommand&) const = default;
};
struct ListTokensCommand {
  static constexpr CommandKind kKind{"tokens", Right::Admin};
  bool operator==(const ListTokensCommand&) const = default;
};
struct RevokeCommand {
  static constexpr CommandKind kKind{"revoke", Right::Admin};
  GrantId token;
  bool operator==(const RevokeCommand&) const = default;
};
struct ListViewersCommand {
  static constexpr CommandKind kKind{"viewers", Right::Admin};
  bool operator==(const ListViewersCommand&) const = default;
};
struct EndCommand {
  static constexpr CommandKind kKind{"end", Right::Admin};
  SessionId session;
  bool operator==(const EndCommand&) const = default;
};
struct ListenCommand {
  static constexpr CommandKind kKind{"listen", Right::View};
  SessionId session;
  bool isWanted = false;
  bool operator==(const ListenCommand&) const = default;
};
struct TalkCommand {
  static constexpr CommandKind kKind{"talk", Right::Talk};
  SessionId session;
  bool isWanted = false;
  bool operator==(const TalkCommand&) const = default;
};
struct SwitchCommand {
  static constexpr CommandKind kKind{"switch", Right::View};
  SessionId session;
  base::CameraId camera;
  bool operator==(const SwitchCommand&) const = default;
};
/// That somebody goes to the door, or talks to who stands there.
struct AnswerCommand {
  static constexpr CommandKind kKind{"answer", Right::View};
  base::InputId input;
  bool operator==(const AnswerCommand&) const = default;
};
struct OpenCommand {
  static constexpr CommandKind kKind{"open", Right::Open};
  base::OutputId output;
  bool operator==(const OpenCommand&) const = default;
};
/// Answered, and nothing else: over a session's data channel it tells the viewer whether that way still leads here.
struct PingCommand {
  static constexpr CommandKind kKind{"ping", Right::View};
  bool operator==(const PingCommand&) const = default;
};
/// The check-up as far as it is; `begins`: a new one.
struct DoctorCommand {
  static constexpr CommandKind kKind{"doctor", Right::Admin};
  bool begins = false;
  bool operator==(const DoctorCommand&) const = default;
};
using Command =
    std::variant<ShareCommand, ListTokensCommand, RevokeCommand, ListViewersCommand, EndCommand, ListenCommand,
                 TalkCommand, SwitchCommand, AnswerCommand, OpenCommand, PingCommand, DoctorCommand>;

template <class... Kinds>
constexpr std::array<CommandKind, sizeof...(Kinds)> kindsOf(std::type_identity<std::variant<Kinds...>>) {
  return {Kinds::kKind...};
}
/// In the order of Command's alternatives.
inline constexpr auto kCommandKinds = kindsOf(std::type_identity<Command>());

/// The answer to ListTokens: `own` is the caller's.
struct TokenList {
  std::vector<TokenInfo> tokens;
  GrantId own;
};
using CommandValue = std::variant<std::monostate, IssuedToken, TokenList, std::vector<ViewerInfo>, Turn, CheckUp>;

class Commands {
 public:
  /// All outlive it.
  Commands(Registry& registry, const Catalogue& catalogue, const Access& access, TokenIssuer& tokens, Rings& rings,
           Outputs& outputs, Doctor& doctor)
      : registry_(registry),
        catalogue_(catalogue),
        access_(access),
        tokens_(tokens),
        rings_(rings),
        outputs_(outputs),
        doctor_(doctor) {}

  /// Refused: as Access::check() does, and as the command does.
  Answered<CommandValue> run(const Command& command, const Grant& caller);

 private:
  Answered<CommandValue> carryOut(const ShareCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const ListTokensCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const RevokeCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const ListViewersCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const EndCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const ListenCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const TalkCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const SwitchCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const AnswerCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const OpenCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const PingCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const DoctorCommand& command, const Grant& caller);

  Registry& registry_;
  const Catalogue& catalogue_;
  const Access& access_;
  TokenIssuer& tokens_;
  Rings& rings_;
  Outputs& outputs_;
  Doctor& doctor_;
};

}  // namespace fanlight::session
