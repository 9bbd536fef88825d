// SPDX-License-Identifier: Apache-2.0
// The heap of a process in which viewers, and some ten threads with each, come and go for years.
#pragma once

namespace fanlight::app {

/// To be called before anything is started, with the arguments of main(): it may start the program anew, under the same
/// process id.
void prepareHeap(char** argv);

/// Gives what is free back to the system. Takes some milliseconds: for moments at which nobody waits.
void trimHeap();

}  // namespace fanlight::app
