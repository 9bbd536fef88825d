// SPDX-License-Identifier: Apache-2.0
// What the process tells whoever started it; after sysexits.h, and the unit files rely on it.
#pragma once

namespace fanlight::app {

enum class ExitCode : int {
  Ok = 0,
  Usage = 64,        ///< the command line is wrong
  Unavailable = 69,  ///< something outside is in the way: a port that is taken
  Internal = 70,     ///< our own fault
  Again = 75,        ///< this process cannot go on, another may (EX_TEMPFAIL)
  Config = 78,       ///< the configuration is wrong; starting again would not help
};

}  // namespace fanlight::app
