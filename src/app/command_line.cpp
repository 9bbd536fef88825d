// SPDX-License-Identifier: Apache-2.0
// Options by CLI11, whose exceptions end here.
#include "app/command_line.h"

#include <CLI/CLI.hpp>

namespace fanlight::app {

tl::expected<CommandLine, ExitCode> parseCommandLine(int argc, char** argv) {
  CommandLine line;
  CLI::App program("Serves this machine's cameras to browsers over WebRTC.", "fanlight");
  program.set_version_flag("--version", "fanlight " FANLIGHT_VERSION);
  program.require_subcommand(0, 1);
  // So that options may stand before or after the subcommand.
  program.fallthrough();
  program.add_option("--config", line.config, "Configuration file, instead of /etc/fanlight/fanlight.toml")
      ->type_name("FILE");
  program
      .add_option("--state-dir", line.stateDir,
                  "Where keys and tokens are kept, instead of $STATE_DIRECTORY, /var/lib/fanlight for root, or "
                  "~/.local/state/fanlight")
      ->type_name("DIR");
  program.add_flag("--fallback-test-picture", line.fallbackTestPicture,
                   "Serve a moving test picture where no camera is found");
  program.add_subcommand("run", "Serve the cameras; what is done where no subcommand is given");
  const CLI::App* check =
      program.add_subcommand("check", "Print every setting and where it comes from, or what is wrong");
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return tl::unexpected(program.exit(error) == 0 ? ExitCode::Ok : ExitCode::Usage);
  }
  if (check->parsed())
    line.subcommand = CommandLine::Subcommand::Check;
  return line;
}

}  // namespace fanlight::app
