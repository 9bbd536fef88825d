// SPDX-License-Identifier: Apache-2.0
// Commands and what comes of them, between the core's structs and JSON. Any thread.
#pragma once

#include <string_view>

#include <tl/expected.hpp>

#include "json/object.h"
#include "json/read.h"
#include "session/command.h"

namespace fanlight::signaling {

/// Why a command cannot be told from its message.
struct UnknownCommandName {};
using CommandFault = std::variant<UnknownCommandName, json::Fault>;

/// `arguments`: null where the message had none.
tl::expected<session::Command, CommandFault> readCommand(std::string_view name, JsonObject* arguments);

/// The result's `value`; null where the command has none.
json::ObjectRef describe(const session::CommandValue& value);

/// Somebody's turn to talk, as members of `object`.
void putTurn(const json::ObjectRef& object, const session::Turn& turn);

/// A grant's or token's rights and cameras, as members of `object`.
void putScope(const json::ObjectRef& object, const std::set<session::Right>& rights,
              const std::optional<std::set<base::CameraId>>& cameras);

}  // namespace fanlight::signaling
