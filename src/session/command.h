// SPDX-License-Identifier: Apache-2.0
// What the device can be told to do: the one table of commands, whatever carries them. A new one is a struct, a place
// in the variant, a row in kCommandKinds, and a case in Commands. Main thread.
#pragma once

#include <array>
#include <string_view>
#include <variant>
#include <vector>

#include "session/registry.h"
#include "session/tokens.h"

namespace fanlight::session {

struct ShareCommand {
  TokenRequest request;
};
struct ListTokensCommand {};
struct RevokeCommand {
  GrantId token;
};
struct ListViewersCommand {};
struct EndCommand {
  SessionId session;
};
using Command = std::variant<ShareCommand, ListTokensCommand, RevokeCommand, ListViewersCommand, EndCommand>;

/// A command's name on the wire, and the right that it needs.
struct CommandKind {
  std::string_view name;
  Right right;
};
/// In the order of Command's alternatives.
inline constexpr std::array kCommandKinds{
    CommandKind{"share", Right::Admin},   CommandKind{"tokens", Right::Admin}, CommandKind{"revoke", Right::Admin},
    CommandKind{"viewers", Right::Admin}, CommandKind{"end", Right::Admin},
};
static_assert(kCommandKinds.size() == std::variant_size_v<Command>, "each command has its right");

/// The answer to ListTokens: `own` is the caller's.
struct TokenList {
  std::vector<TokenInfo> tokens;
  GrantId own;
};
using CommandValue = std::variant<std::monostate, IssuedToken, TokenList, std::vector<ViewerInfo>>;

class Commands {
 public:
  /// All outlive it.
  Commands(Registry& registry, const Catalogue& catalogue, const Access& access, TokenIssuer& tokens)
      : registry_(registry), catalogue_(catalogue), access_(access), tokens_(tokens) {}

  /// Refused: as Access::check() does, and as the command does.
  Answered<CommandValue> run(const Command& command, const Grant& caller);

 private:
  Answered<CommandValue> carryOut(const ShareCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const ListTokensCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const RevokeCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const ListViewersCommand& command, const Grant& caller);
  Answered<CommandValue> carryOut(const EndCommand& command, const Grant& caller);

  Registry& registry_;
  const Catalogue& catalogue_;
  const Access& access_;
  TokenIssuer& tokens_;
};

}  // namespace fanlight::session
