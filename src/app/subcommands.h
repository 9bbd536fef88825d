// SPDX-License-Identifier: Apache-2.0
// What each subcommand does, from its options to its exit code.
#pragma once

#include "app/command_line.h"

namespace fanlight::app {

/// Serves until SIGTERM or SIGINT.
ExitCode run(const CommandLine& line);

/// Prints the configuration that counts on standard output, and what is wrong with it on standard error.
ExitCode check(const CommandLine& line);

/// Checks the configuration as `check` does, and tells the service's process ($MAINPID) to read it.
ExitCode reload(const CommandLine& line);

/// Prints cameras and encoders. Needs no configuration.
ExitCode devices();

/// Tries what is configured: the sound, or all else.
ExitCode doctor(const CommandLine& line);

/// Makes, lists and ends tokens.
ExitCode token(const CommandLine& line);

}  // namespace fanlight::app
