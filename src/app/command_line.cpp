// SPDX-License-Identifier: Apache-2.0
// Options by CLI11, whose exceptions end here.
#include "app/command_line.h"

#include <CLI/CLI.hpp>

#include "session/right.h"

namespace fanlight::app {
namespace {

using Action = TokenLine::Action;

void addCreate(CLI::App& token, TokenLine& line) {
  CLI::App* create = token.add_subcommand("create", "Make a link that lets somebody in");
  create->add_option("--name", line.name, "Who or what it is for, as the list of tokens shows it")->type_name("TEXT");
  create->add_option("--rights", line.rights, "What it allows: " + session::rightNames())
      ->type_name("A,B")
      ->capture_default_str();
  create->add_option("--camera", line.cameras, "A camera that it is for; all without this")->type_name("ID");
  create->add_option("--for", line.lifetime, "How long it holds: 30m, 12h, 7d, 4w, ever")
      ->type_name("TIME")
      ->capture_default_str();
  CLI::Option* owner = create->add_flag("--owner", line.owner, "Every right, without end");
  create->add_flag("--keep", line.keep, "If there is one of this name already, print that one again");
  CLI::Option* qr =
      create->add_flag("--qr", line.qr, "Print the code for a phone's camera even if this is no terminal");
  create
      ->add_flag("--key", line.key,
                 "A key in an address, for players that can send no token: to view cameras that are named")
      ->excludes(owner)
      ->excludes(qr);
  create->add_option("--url", line.urls, "Where the device is reached, instead of what the configuration says")
      ->type_name("URL");
  create->callback([&line] { line.action = Action::Create; });
}

void addToken(CLI::App& program, CommandLine& line) {
  CLI::App* token = program.add_subcommand("token", "Who may watch: make, list and end links");
  token->require_subcommand(1);
  addCreate(*token, line.token);
  token->add_subcommand("list", "Print who has a link, what for, until when")->callback([&line] {
    line.token.action = Action::List;
  });
  CLI::App* revoke = token->add_subcommand("revoke", "End a link; whoever watches by it is shown out");
  revoke->add_option("which", line.token.which, "Its id, or its name")->required();
  revoke->callback([&line] { line.token.action = Action::Revoke; });
  token->add_subcommand("reset", "End every link that there ever was, the owner's too")->callback([&line] {
    line.token.action = Action::Reset;
  });
  token->callback([&line] { line.subcommand = CommandLine::Subcommand::Token; });
}

}  // namespace

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
  program.add_subcommand("check", "Print every setting and where it comes from, or what is wrong")->callback([&line] {
    line.subcommand = CommandLine::Subcommand::Check;
  });
  program
      .add_subcommand("reload",
                      "Have the service that runs take a changed configuration; what 'systemctl reload' types")
      ->callback([&line] { line.subcommand = CommandLine::Subcommand::Reload; });
  program
      .add_subcommand("devices",
                      "Print the cameras, sound devices, encoders and sensors here, and which encoder would be used")
      ->callback([&line] { line.subcommand = CommandLine::Subcommand::Devices; });
  CLI::App* doctor = program.add_subcommand("doctor", "Try what is configured, and say what is wrong");
  doctor->add_flag("--sound", line.sound,
                   "Of sound instead: play chirps through each speaker, hear them by its microphone, and print level, "
                   "delay and echo");
  doctor->callback([&line] { line.subcommand = CommandLine::Subcommand::Doctor; });
  addToken(program, line);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return tl::unexpected(program.exit(error) == 0 ? ExitCode::Ok : ExitCode::Usage);
  }
  return line;
}

}  // namespace fanlight::app
