// SPDX-License-Identifier: Apache-2.0
// The command line as values.
#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "app/exit_code.h"

namespace fanlight::app {

struct CommandLine {
  enum class Subcommand { Run, Check };
  Subcommand subcommand = Subcommand::Run;
  std::optional<std::string> config;    ///< --config
  std::optional<std::string> stateDir;  ///< --state-dir
  /// --fallback-test-picture: with no camera found, serve the test picture; for trying it out.
  bool fallbackTestPicture = false;
};

/// Reads the command line. The error is the code to exit with where there is nothing to run: --help and --version have
/// printed what they were asked for (Ok), a mistake has been explained (Usage).
tl::expected<CommandLine, ExitCode> parseCommandLine(int argc, char** argv);

}  // namespace fanlight::app
