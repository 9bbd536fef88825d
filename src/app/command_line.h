// SPDX-License-Identifier: Apache-2.0
// The command line as values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "app/exit_code.h"

namespace fanlight::app {

/// Of `fanlight token`.
struct TokenLine {
  enum class Action { Create, List, Revoke, Reset };
  Action action = Action::List;
  std::string name;                  ///< --name
  std::string rights = "view";       ///< --rights, separated by commas
  std::vector<std::string> cameras;  ///< --camera; none: every camera
  std::string lifetime = "1d";       ///< --for: 30m, 12h, 7d, 4w, or "ever"
  bool owner = false;                ///< --owner: every right, without end
  bool key = false;                  ///< --key: for players that send no header, in the address
  bool keep = false;                 ///< --keep: the token of that name once more, where there is one
  bool qr = false;                   ///< --qr: also where the output is no terminal
  std::vector<std::string> urls;     ///< --url: where the device is reached; none: by the configuration
  std::string which;                 ///< to revoke: an id or a name
};

struct CommandLine {
  enum class Subcommand { Run, Check, Reload, Devices, Doctor, Token };
  Subcommand subcommand = Subcommand::Run;
  std::optional<std::string> config;    ///< --config
  std::optional<std::string> stateDir;  ///< --state-dir
  /// --fallback-test-picture: with no camera found, serve the test picture; for trying it out.
  bool fallbackTestPicture = false;
  bool sound = false;  ///< --sound, of `fanlight doctor`
  TokenLine token;
};

/// Reads the command line. The error is the code to exit with where there is nothing to run: --help and --version have
/// printed what they were asked for (Ok), a mistake has been explained (Usage).
tl::expected<CommandLine, ExitCode> parseCommandLine(int argc, char** argv);

}  // namespace fanlight::app
