// SPDX-License-Identifier: Apache-2.0
// Arguments → subcommand → exit code.
#include "app/command_line.h"
#include "app/heap.h"
#include "app/subcommands.h"

int main(int argc, char** argv) {
  using namespace fanlight::app;
  const auto line = parseCommandLine(argc, argv);
  if (!line)
    return static_cast<int>(line.error());
  switch (line->subcommand) {
    case CommandLine::Subcommand::Run:
      prepareHeap(argv);
      return static_cast<int>(run(*line));
    case CommandLine::Subcommand::Check:
      return static_cast<int>(check(*line));
    case CommandLine::Subcommand::Reload:
      return static_cast<int>(reload(*line));
    case CommandLine::Subcommand::Devices:
      return static_cast<int>(devices());
    case CommandLine::Subcommand::Doctor:
      return static_cast<int>(doctor(*line));
    case CommandLine::Subcommand::Token:
      return static_cast<int>(token(*line));
  }
  return static_cast<int>(ExitCode::Internal);
}
